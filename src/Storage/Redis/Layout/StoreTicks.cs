namespace Molino.Storage.Redis.Layout;

/// <summary>Times as the store keeps them: steps of 100 ns since 2020, UTC. Exact in a number of Lua or a score until 2048.</summary>
internal static class StoreTicks
{
    private static readonly long Origin = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    public static long Of(DateTimeOffset time) => time.UtcTicks - Origin;

    public static DateTimeOffset ToTime(long ticks) => new(Math.Clamp(ticks + Origin, 0, DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);
}
