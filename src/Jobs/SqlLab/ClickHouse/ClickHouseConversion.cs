namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>What the server's JSON form of a value needs.</summary>
internal enum ClickHouseConversion
{
    /// <summary>Nothing: it is taken over byte by byte.</summary>
    None,

    /// <summary>A number becomes a string, with its digits as they are.</summary>
    Quote,

    /// <summary>The string <c>"-nan"</c>, whose sign means nothing, becomes <c>"nan"</c>.</summary>
    Float,

    /// <summary>Local date and time becomes RFC 3339.</summary>
    DateTime,

    /// <summary>An array or tuple, some of whose items need one.</summary>
    Items,
}
