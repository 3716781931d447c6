using System.Globalization;

namespace Molino.Chaos;

/// <summary>A fault of a plan.</summary>
/// <param name="Number">Its place in the plan, from 1.</param>
/// <param name="Kind">What is done.</param>
/// <param name="At">Seconds after the load began.</param>
/// <param name="Length">Seconds until it is undone; 0 for a rolling restart, which takes what it takes.</param>
/// <param name="Node">To which silo, from 1; 0 for none or all.</param>
/// <param name="Other">The other silo of a cut; 0 for none.</param>
/// <param name="Cut">How a connection is cut; null for other faults.</param>
/// <param name="Step">Seconds by which the clock is stepped; 0 for other faults.</param>
internal sealed record Fault(int Number, FaultKind Kind, double At, double Length, int Node = 0, int Other = 0, CutKind? Cut = null, int Step = 0)
{
    /// <summary>Whether it concerns a silo.</summary>
    public bool Concerns(int node) => Node == node || Other == node;

    public override string ToString()
    {
        var what = Kind switch
        {
            FaultKind.Kill => $"kill -9 of silo {Node}, started again after {Text(Length)} s",
            FaultKind.Pause => $"SIGSTOP of silo {Node} for {Text(Length)} s",
            FaultKind.Redis => $"kill -9 of Redis, started again after {Text(Length)} s",
            FaultKind.CutRedis => $"silo {Node} cut from Redis for {Text(Length)} s ({Cut})",
            FaultKind.CutPeers => $"silos {Node} and {Other} cut from each other for {Text(Length)} s ({Cut})",
            FaultKind.Clock => $"clock of silo {Node} stepped by {Step.ToString("+0;-0", CultureInfo.InvariantCulture)} s for {Text(Length)} s",
            _ => "rolling restart of all silos",
        };
        return string.Create(CultureInfo.InvariantCulture, $"#{Number} at {At,5:0.0} s: {what}");
    }

    private static string Text(double seconds) => seconds.ToString("0.0", CultureInfo.InvariantCulture);
}
