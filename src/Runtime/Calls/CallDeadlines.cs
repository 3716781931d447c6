using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Transport;

namespace Molino.Runtime.Calls;

/// <summary>Times calls out by a sweep: once a second, or as often as the shortest timeout in use needs.</summary>
internal sealed class CallDeadlines(ICallHost host, CallTracker tracker)
{
    private const int SweepsPerTimeout = 20;

    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lock = new();
    private ITimer? _timer;
    private long _periodTicks = LongestPeriod.Ticks;

    /// <summary>Watches a call.</summary>
    /// <param name="request">The call.</param>
    public void Start(GrainRequest request)
    {
        var timeout = TimeoutOf(request).Ticks;
        var period = Volatile.Read(ref _periodTicks);
        if (timeout < period * SweepsPerTimeout)
        {
            period = SweepFasterFor(timeout);
        }

        // The clock may be one period old.
        tracker.Add(request, host.Clock.Now + timeout + period);
    }

    /// <summary>Watches a call whose caller, in another process, times it out itself: the sweep need not be exact.</summary>
    /// <param name="request">The call.</param>
    /// <param name="timeLeft">How long its caller still waits.</param>
    public void Follow(GrainRequest request, TimeSpan timeLeft)
    {
        tracker.Add(request, host.Clock.Now + timeLeft.Ticks + Volatile.Read(ref _periodTicks));
        if (request.IsAnswered)
        {
            tracker.Remove(request); // its caller cancelled before it was here to be removed
        }
    }

    /// <summary>Starts the sweeps.</summary>
    public void StartSweeping()
    {
        lock (_lock)
        {
            host.Clock.Advance();
            var period = TimeSpan.FromTicks(_periodTicks);
            _timer = host.TimeProvider.CreateTimer(static self => ((CallDeadlines)self!).Sweep(), this, period, period);
        }
    }

    /// <summary>Ends the sweeps.</summary>
    /// <returns>A task.</returns>
    public ValueTask StopSweepingAsync()
    {
        lock (_lock)
        {
            return _timer?.DisposeAsync() ?? default;
        }
    }

    private TimeSpan TimeoutOf(GrainRequest request) => request.Method.ResponseTimeout ?? host.ResponseTimeout;

    private long SweepFasterFor(long timeout)
    {
        var wanted = Math.Clamp(timeout / SweepsPerTimeout, ShortestPeriod.Ticks, LongestPeriod.Ticks);
        lock (_lock)
        {
            if (wanted < _periodTicks)
            {
                _periodTicks = wanted;
                _timer?.Change(TimeSpan.FromTicks(wanted), TimeSpan.FromTicks(wanted));
                host.Clock.Advance();
            }

            return _periodTicks;
        }
    }

    private void Sweep()
    {
        host.Clock.Advance();
        foreach (var request in tracker.Expired(host.Clock.Now))
        {
            var carrier = request.Carrier as Link;
            if (request.TryFail(Errors.TimedOut(request, TimeoutOf(request), carrier?.Other.Name ?? host.Name)))
            {
                carrier?.Forget(request.CarrierId);
                host.OnTimedOut(request, TimeoutOf(request));
            }

            tracker.Remove(request);
        }
    }
}
