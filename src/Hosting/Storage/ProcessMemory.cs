using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>Refuses new jobs while this process uses nearly all the memory that it may use: the machine's or its container's (promise P7).</summary>
internal sealed class ProcessMemory
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan CollectPause = TimeSpan.FromSeconds(10);

    private readonly int _high;
    private readonly TimeProvider _time;
    private readonly Func<(long Used, long Limit)> _read;
    private readonly Watermark _mark;
    private long _nextLook;
    private long _nextCollection;

    public ProcessMemory(int highPercent, TimeProvider time)
        : this(highPercent, time, static () => (Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes))
    {
    }

    /// <summary>With another way to read the memory in use and its limit.</summary>
    public ProcessMemory(int highPercent, TimeProvider time, Func<(long Used, long Limit)> read)
    {
        (_high, _time, _read) = (highPercent, time, read);
        _mark = new Watermark(highPercent, time);
        _nextLook = _nextCollection = time.GetTimestamp();
    }

    /// <summary>Joins what the process says of itself with how its store is.</summary>
    public StoreCondition Judge(StoreCondition condition)
    {
        Look();
        return _mark.Judge(condition, Error, () => $"The silo uses {_mark.Percent:0} % of the memory that it may use; at {_high} % (Store:ProcessMemoryHighPercent) new jobs are refused.");
    }

    /// <summary>Lets new jobs pass, or not.</summary>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreFull"/>.</exception>
    public void Check()
    {
        Look();
        if (_mark.IsAbove) throw Error();
    }

    /// <summary>At most once a second. What is garbage does not count: a process that passes the mark collects first.</summary>
    private void Look()
    {
        var next = Volatile.Read(ref _nextLook);
        var now = _time.GetTimestamp();
        if (now < next || Interlocked.CompareExchange(ref _nextLook, now + Ticks(Pause), next) != next) return;
        var percent = Percent();
        if (percent >= _high && now >= _nextCollection)
        {
            _nextCollection = now + Ticks(CollectPause);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            percent = Percent();
        }

        _mark.Look(percent);
    }

    private double Percent()
    {
        var (used, limit) = _read();
        return limit > 0 ? used * 100.0 / limit : 0;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * _time.TimestampFrequency);

    private StoreException Error() => new(
        ErrorCodes.StoreFull, $"The silo uses {_mark.Percent:0} % of the memory that it may use; at {_high} % (Store:ProcessMemoryHighPercent) it takes no new jobs, until it is below {_mark.Low:0} %.");
}
