namespace Molino.Jobs.BuiltIn;

/// <summary>Result of <c>fail</c> once it succeeds.</summary>
/// <param name="Attempt">The attempt that did.</param>
public sealed record FailResult(int Attempt);
