namespace Molino.Client;

/// <summary>Problem details (RFC 9457) with the contract's additions.</summary>
public sealed record ProblemView
{
    /// <summary>A short name of the problem.</summary>
    public string? Title { get; init; }

    /// <summary>A sentence for people.</summary>
    public string? Detail { get; init; }

    /// <summary>The stable code.</summary>
    public string? Code { get; init; }

    /// <summary>What is wrong, by field.</summary>
    public Dictionary<string, string[]>? Errors { get; init; }
}
