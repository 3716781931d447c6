namespace Molino.Dispatch.Tests.Timing;

/// <summary>A silo's clock that stands still until a test moves it. Timers fire in the order of their times, on the thread that moves the clock.</summary>
public sealed class HeldTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<HeldTimer> _timers = [];
    private long _now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override DateTimeOffset GetUtcNow() => new(GetTimestamp(), TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HeldTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Whether a timer is to fire at exactly this instant.</summary>
    public bool IsAwaited(DateTimeOffset instant)
    {
        lock (_gate) return _timers.Exists(timer => timer.Due == instant.UtcTicks);
    }

    /// <summary>Moves the clock to an instant, if it is not past it.</summary>
    public void MoveTo(DateTimeOffset instant)
    {
        while (TakeDue(instant.UtcTicks) is { } timer) timer.Fire();
    }

    public void Advance(TimeSpan by) => MoveTo(GetUtcNow() + by);

    /// <summary>The next timer that is due until the end, with the clock at its time; null when there is none, with the clock at the end.</summary>
    private HeldTimer? TakeDue(long end)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            _now = Math.Max(_now, next?.Due ?? end);
            next?.Rearm(_now);
            return next;
        }
    }

    private sealed class HeldTimer(HeldTime time, Action callback) : ITimer
    {
        private TimeSpan _period;

        public long Due { get; private set; }

        public void Fire() => callback();

        public void Rearm(long now)
        {
            if (_period > TimeSpan.Zero) Due = now + _period.Ticks;
            else time._timers.Remove(this);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                time._timers.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan) return true;
                Due = time._now + dueTime.Ticks;
                time._timers.Add(this);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate) time._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
