namespace Orleans;

/// <summary>Why an activation ends, with a text for people.</summary>
public readonly struct DeactivationReason
{
    /// <summary>Initializes a new instance of the <see cref="DeactivationReason"/> struct.</summary>
    /// <param name="code">The kind of reason.</param>
    /// <param name="text">The text for people.</param>
    public DeactivationReason(DeactivationReasonCode code, string text)
        : this(code, null, text)
    {
    }

    /// <summary>Initializes a new instance of the <see cref="DeactivationReason"/> struct.</summary>
    /// <param name="code">The kind of reason.</param>
    /// <param name="exception">The error behind it, if any.</param>
    /// <param name="text">The text for people.</param>
    public DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        ReasonCode = code;
        Exception = exception;
        Description = text;
    }

    /// <summary>Gets the kind of reason.</summary>
    public DeactivationReasonCode ReasonCode { get; }

    /// <summary>Gets the text for people.</summary>
    public string Description { get; }

    /// <summary>Gets the error behind it, or null.</summary>
    public Exception? Exception { get; }

    /// <summary>Returns kind and text.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Exception is null ? $"{ReasonCode}: {Description}" : $"{ReasonCode}: {Description} {Exception}";
}
