namespace Molino.Chaos;

/// <summary>A promise that was not kept.</summary>
/// <param name="Promise">Which, for example P2.</param>
/// <param name="Text">What happened, in a sentence.</param>
/// <param name="Job">The job; null when it is not about one.</param>
/// <param name="At">Around when; null when the job's history says it.</param>
internal sealed record Violation(string Promise, string Text, string? Job = null, long? At = null);
