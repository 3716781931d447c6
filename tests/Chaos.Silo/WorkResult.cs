namespace Molino.Chaos.Silo;

/// <summary>Says which run made the result.</summary>
/// <param name="Run">The run.</param>
public sealed record WorkResult(string Run);
