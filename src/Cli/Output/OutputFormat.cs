namespace Molino.Cli;

/// <summary>How results are written.</summary>
internal enum OutputFormat
{
    /// <summary>Tab-separated lines without a header: for pipes.</summary>
    Plain,

    /// <summary>Tables and colours: for people.</summary>
    Table,

    /// <summary>One JSON document, or one a line for streams.</summary>
    Json,
}
