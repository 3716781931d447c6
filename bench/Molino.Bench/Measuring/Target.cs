using System.Globalization;

namespace Molino.Bench;

/// <summary>What a metric should be: at least or at most a limit.</summary>
internal sealed record Target(double Limit, bool AtLeast)
{
    /// <summary>Whether a value meets it.</summary>
    public bool IsMet(double value) => AtLeast ? value >= Limit : value <= Limit;

    public override string ToString() => (AtLeast ? ">= " : "<= ") + Limit.ToString("#,0.##", CultureInfo.InvariantCulture);
}
