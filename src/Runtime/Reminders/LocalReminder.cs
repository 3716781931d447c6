using Orleans;

namespace Molino.Runtime.Reminders;

/// <summary>A reminder that this silo watches: a timer for its next tick.</summary>
internal sealed class LocalReminder : IDisposable
{
    /// <summary>Timers take no longer than this; a reminder further away looks again then.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly TimeProvider _time;
    private readonly Func<ReminderEntry, DateTime, Task> _tick;
    private readonly ITimer _timer;
    private DateTime _next;

    public LocalReminder(ReminderEntry entry, TimeProvider time, Func<ReminderEntry, DateTime, Task> tick)
    {
        Entry = entry;
        _time = time;
        _tick = tick;
        _next = NextAfter(time.GetUtcNow().UtcDateTime);
        _timer = time.CreateTimer(static self => ((LocalReminder)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Arm();
    }

    /// <summary>Gets the row.</summary>
    public ReminderEntry Entry { get; }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    /// <summary>The first tick that is not over: missed ones are not made up for.</summary>
    private DateTime NextAfter(DateTime now)
    {
        var since = now - Entry.StartAt;
        return since <= TimeSpan.Zero ? Entry.StartAt : Entry.StartAt + (Entry.Period * Math.Ceiling(since / Entry.Period));
    }

    private void Arm()
    {
        var wait = _next - _time.GetUtcNow().UtcDateTime;
        _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestTimer ? wait : LongestTimer, Timeout.InfiniteTimeSpan);
    }

    private void OnTimer() => _ = TickAsync();

    private async Task TickAsync()
    {
        var now = _time.GetUtcNow().UtcDateTime;
        if (now >= _next)
        {
            await _tick(Entry, now);
            var after = _time.GetUtcNow().UtcDateTime;
            _next = NextAfter(after <= _next ? _next + TimeSpan.FromTicks(1) : after + TimeSpan.FromTicks(1));
        }

        try
        {
            Arm();
        }
        catch (ObjectDisposedException)
        {
            // It ended while it ticked.
        }
    }
}
