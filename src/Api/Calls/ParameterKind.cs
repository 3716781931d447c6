namespace Molino.Api;

/// <summary>The forms of query parameters.</summary>
internal enum ParameterKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Seconds, or text like <c>00:00:30</c>.</summary>
    Duration,

    /// <summary>RFC 3339.</summary>
    Timestamp,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A state of a job.</summary>
    Status,
}
