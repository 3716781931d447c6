using System.Diagnostics;
using System.Diagnostics.Metrics;
using Molino.Runtime.Calls;
using Molino.Runtime.References;

namespace Molino.Runtime.Observability;

/// <summary>The meter <c>Molino.Runtime</c>. Counting costs nothing on the call path beyond what the tracker counts anyway; turns are timed by sample.</summary>
internal sealed class RuntimeMetrics(IMeterFactory meters) : IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Molino.Runtime";

    private const int TurnsPerSample = 64;

    private readonly Meter _meter = meters.Create(MeterName);
    private Histogram<double>? _turnDuration;
    private long _oneWayCalls;
    private long _failures;
    private long _timeouts;
    private int _turns;

    /// <summary>Publishes the instruments.</summary>
    /// <param name="catalog">Knows the activations.</param>
    /// <param name="tracker">Knows the calls.</param>
    public void Observe(GrainCatalog catalog, CallTracker tracker)
    {
        _turnDuration = _meter.CreateHistogram<double>(
            "molino.runtime.turn.duration", "s", "Time from the start of a call to its first await; every 64th call is measured.");
        _meter.CreateObservableUpDownCounter(
            "molino.runtime.activations",
            () => catalog.Classes.Select(c => new Measurement<int>(c.ActivationCount, new KeyValuePair<string, object?>("grain.type", c.GrainType.ToString()))),
            "{activation}",
            "Activations in memory, by grain type.");
        _meter.CreateObservableCounter("molino.runtime.calls", () => tracker.Started + Volatile.Read(ref _oneWayCalls), "{call}", "Calls made.");
        _meter.CreateObservableCounter("molino.runtime.call.failures", () => Volatile.Read(ref _failures), "{call}", "Calls that ended with an error.");
        _meter.CreateObservableCounter("molino.runtime.call.timeouts", () => Volatile.Read(ref _timeouts), "{call}", "Calls without an answer in time.");
        _meter.CreateObservableUpDownCounter("molino.runtime.calls.outstanding", () => tracker.Outstanding, "{call}", "Calls without an answer yet.");
        _meter.CreateObservableUpDownCounter(
            "molino.runtime.queue.length", () => catalog.AllActivations().Sum(a => (long)a.Queue.Length), "{call}", "Calls that wait for their turn.");
    }

    /// <summary>Counts a call that nobody waits for.</summary>
    public void CountOneWayCall() => Interlocked.Increment(ref _oneWayCalls);

    /// <summary>Counts a call that ended with an error.</summary>
    public void CountFailure() => Interlocked.Increment(ref _failures);

    /// <summary>Counts a call without an answer in time.</summary>
    public void CountTimeout() => Interlocked.Increment(ref _timeouts);

    /// <summary>Starts to measure a turn, if it is one of the sample.</summary>
    /// <returns>The start, or zero.</returns>
    public long StartTurn() => _turnDuration is { Enabled: true } && (++_turns % TurnsPerSample) == 0 ? Stopwatch.GetTimestamp() : 0;

    /// <summary>Ends measuring a turn.</summary>
    /// <param name="start">What <see cref="StartTurn"/> returned.</param>
    public void EndTurn(long start)
    {
        if (start != 0)
        {
            _turnDuration!.Record(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
