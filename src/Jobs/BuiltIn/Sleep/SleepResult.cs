namespace Molino.Jobs.BuiltIn;

/// <summary>Result of <c>sleep</c>.</summary>
/// <param name="Seconds">How long it slept.</param>
public sealed record SleepResult(double Seconds);
