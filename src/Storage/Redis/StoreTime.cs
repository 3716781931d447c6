namespace Molino.Storage.Redis;

/// <summary>
/// The time as the server has it. A silo that takes it for its clock agrees with all others on when jobs are due, however its own machine's clock is set or
/// stepped: between two looks at the server it goes by the monotonic clock. Until the store was first open it is the machine's own time.
/// </summary>
/// <param name="machine">The machine's clock.</param>
public sealed class StoreTime(TimeProvider machine) : TimeProvider
{
    private volatile Anchor _anchor = new(machine.GetUtcNow(), machine.GetTimestamp());

    /// <inheritdoc/>
    public override long TimestampFrequency => machine.TimestampFrequency;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => At(machine.GetTimestamp());

    /// <inheritdoc/>
    public override long GetTimestamp() => machine.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Takes the server's answer. It was given somewhere between question and answer: within that it proves nothing wrong, and time goes on as it did.</summary>
    /// <param name="asked">When it was asked, as <see cref="GetTimestamp"/>.</param>
    /// <param name="server">What it answered, UTC.</param>
    internal void Follow(long asked, DateTimeOffset server)
    {
        var answered = machine.GetTimestamp();
        if (server >= At(asked) && server <= At(answered)) return;
        var middle = asked + ((answered - asked) / 2);
        _anchor = new Anchor(server, middle);
    }

    private DateTimeOffset At(long timestamp)
    {
        var anchor = _anchor;
        return anchor.Time + machine.GetElapsedTime(anchor.Timestamp, timestamp);
    }

    private sealed record Anchor(DateTimeOffset Time, long Timestamp);
}
