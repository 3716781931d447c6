using System.Diagnostics;

namespace Molino.Chaos;

/// <summary>Times of a history: nanoseconds of the monotonic clock, which all processes of the machine share.</summary>
internal static class Moment
{
    public const long Second = 1_000_000_000;

    public static long Now => Stopwatch.GetTimestamp() * (Second / Stopwatch.Frequency);

    public static long Of(TimeSpan span) => (long)(span.TotalSeconds * Second);

    public static double Seconds(long span) => span / (double)Second;
}
