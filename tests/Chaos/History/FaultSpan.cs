namespace Molino.Chaos;

/// <summary>A fault as it really was.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="From">When it began.</param>
/// <param name="To">When it was undone.</param>
internal sealed record FaultSpan(Fault Fault, long From, long To)
{
    public bool Touches(long from, long to) => From <= to && To >= from;
}
