namespace Molino.Runtime.Calls;

/// <summary>The time since the silo was made, read once per sweep: cheap enough to be read on every call.</summary>
internal sealed class CoarseClock(TimeProvider timeProvider)
{
    private readonly long _start = timeProvider.GetTimestamp();
    private long _now;

    /// <summary>Gets the time of the last sweep, in ticks of 100 ns.</summary>
    public long Now => Volatile.Read(ref _now);

    /// <summary>Reads the clock.</summary>
    public void Advance() => Volatile.Write(ref _now, timeProvider.GetElapsedTime(_start).Ticks);
}
