using Molino.Client;
using Molino.Clustering;

namespace Molino.Hosting;

/// <summary>Judges silos by what they put up. Pure.</summary>
internal static class SiloStatus
{
    public const string Active = "active";
    public const string Draining = "draining";
    public const string Suspect = "suspect";
    public const string Dead = "dead";
    public const string Waiting = "waiting";

    /// <summary>A silo puts something up every second: one that has not for so long does not work, or cannot reach the store.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(3);

    /// <summary>A silo as an observer sees it.</summary>
    /// <param name="report">What it said of itself.</param>
    /// <param name="notice">When, and whether it was removed since.</param>
    /// <param name="later">How long ago the notice was read.</param>
    public static SiloView Of(SiloReport report, SiloNotice notice, TimeSpan later)
    {
        var age = notice.Age + later;
        var status = notice.Removed ? Dead : age > SilentAfter ? Suspect : report.Silo.Status;
        return report.Silo with { Status = status, Running = notice.Removed ? 0 : report.Silo.Running, BeatAge = Math.Round(age.TotalSeconds, 1) };
    }

    /// <summary>Host and process, without the incarnation.</summary>
    public static string NameOf(string id) => id.Split('@')[0];
}
