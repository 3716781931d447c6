namespace Molino.Storage.Redis.Tests.Time;

/// <summary>A machine whose wall clock is wrong; its monotonic clock is not.</summary>
internal sealed class SteppedTime(TimeSpan offset) : TimeProvider
{
    public TimeSpan Offset { get; set; } = offset;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
