namespace Molino.Chaos;

/// <summary>Notes when the machine does not keep up: when a timer that should tick every 100 ms comes more than 200 ms late.</summary>
internal sealed class MachineWatch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);
    private static readonly long Tolerated = 200_000_000;

    private readonly HistoryLog _history;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _watching;

    public MachineWatch(HistoryLog history)
    {
        _history = history;
        _watching = WatchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching;
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var before = Moment.Now;
            await Task.Delay(Period, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var late = Moment.Now - before - Moment.Of(Period);
            if (late > Tolerated) _history.Add(new HistoryEntry.Stalled(Moment.Now, late));
        }
    }
}
