namespace Molino.Chaos;

/// <summary>How a connection is cut.</summary>
internal enum CutKind
{
    /// <summary>Connections are reset, new ones as well.</summary>
    Reset,

    /// <summary>Nothing gets through and nobody is told; what was sent arrives when the cut is over, as TCP would send it again.</summary>
    Silent,
}
