namespace Molino.Storage.Redis.Connections;

/// <summary>What a reply is, in the terms of the protocol (RESP2).</summary>
internal enum ReplyKind
{
    /// <summary>A null.</summary>
    Null,

    /// <summary>A status such as OK.</summary>
    Status,

    /// <summary>An error; its text starts with a code in capitals.</summary>
    Error,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>A list of replies.</summary>
    List,
}
