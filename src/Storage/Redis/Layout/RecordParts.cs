namespace Molino.Storage.Redis.Layout;

/// <summary>The flags of a record's header.</summary>
[Flags]
internal enum RecordParts
{
    None = 0,

    /// <summary>It is in the expiry index: it never started, and must before a time.</summary>
    Expires = 1,

    /// <summary>It was lost so often that it runs as the only suspect of its silo.</summary>
    Suspect = 2,

    /// <summary>The progress in the record is that of the current attempt. A lease takes this away.</summary>
    Progress = 4,

    /// <summary>The arguments are kept apart.</summary>
    ArgsApart = 16,

    /// <summary>The bytes of the result are kept apart.</summary>
    ResultApart = 32,
}
