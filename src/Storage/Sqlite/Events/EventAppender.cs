using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Events;

/// <summary>Collects a commit's events and writes them as blocks.</summary>
internal sealed class EventAppender(NativeConnection connection, Books books, NameTable names)
{
    private readonly NativeStatement _insert = connection.Prepare("INSERT INTO events(first, count, at, block) VALUES (?1, ?2, ?3, ?4)");
    private readonly PackBuffer _block = new(8192);
    private DateTimeOffset _origin;
    private long _first;
    private int _count;

    /// <summary>Number that the next event gets.</summary>
    public long Next => books.LastEvent + 1;

    /// <summary>Adds an event.</summary>
    /// <param name="change">What happened.</param>
    /// <param name="job">The job after it.</param>
    /// <param name="previous">Number of the job's previous event; 0 when this is its first.</param>
    /// <returns>The event's number.</returns>
    public long Append(JobEvent change, Job job, long previous)
    {
        if (_count == EventBlock.MaxEvents) Flush();
        var number = ++books.LastEvent;
        if (_count++ == 0)
        {
            _first = number;
            _origin = change.At;
            EventBlock.Begin(_block);
        }

        EventBlock.Append(_block, change, job, previous == 0 ? 0 : number - previous, _origin, names);
        return number;
    }

    /// <summary>Writes what was collected.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        _insert.Bind(1, _first);
        _insert.Bind(2, _count);
        _insert.Bind(3, _origin.UtcTicks);
        _insert.Bind(4, _block.Written);
        _insert.Run();
        _count = 0;
    }
}
