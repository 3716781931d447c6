using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>The stored record is not the one last seen: another writer was faster. The activation whose state raised it ends, so that the next one reads afresh.</summary>
public class InconsistentStateException : OrleansException
{
    /// <summary>Initializes a new instance of the <see cref="InconsistentStateException"/> class.</summary>
    public InconsistentStateException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InconsistentStateException"/> class.</summary>
    /// <param name="message">What happened.</param>
    public InconsistentStateException(string message)
        : base(message)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InconsistentStateException"/> class.</summary>
    /// <param name="message">What happened.</param>
    /// <param name="innerException">What caused it.</param>
    public InconsistentStateException(string message, Exception? innerException)
        : base(message, innerException!)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="InconsistentStateException"/> class.</summary>
    /// <param name="errorMsg">What happened.</param>
    /// <param name="storedEtag">The version in the store; null when there is no record.</param>
    /// <param name="currentEtag">The version that the writer knew; null when it knew of no record.</param>
    public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag)
        : base(errorMsg)
    {
        StoredEtag = storedEtag;
        CurrentEtag = currentEtag;
    }

    /// <summary>Gets the version in the store, or null.</summary>
    public string? StoredEtag { get; }

    /// <summary>Gets the version that the writer knew, or null.</summary>
    public string? CurrentEtag { get; }

    /// <summary>Returns the message with both versions.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{base.ToString()} (stored ETag '{StoredEtag}', current ETag '{CurrentEtag}')";
}
