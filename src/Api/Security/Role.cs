namespace Molino.Api;

/// <summary>What a caller may do; each role may do what the ones before it may.</summary>
public enum Role
{
    /// <summary>Reads.</summary>
    Viewer,

    /// <summary>Submits, cancels, retries, pauses, drains.</summary>
    Operator,

    /// <summary>Manages users, stops silos, accepts stores.</summary>
    Admin,
}
