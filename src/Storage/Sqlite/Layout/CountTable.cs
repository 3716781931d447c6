using Molino.Core;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>How many jobs each queue has in each state and priority: exact, kept in memory by the writer, stored with every commit.</summary>
internal sealed class CountTable
{
    /// <summary>The column after those of the states: archived dead letters.</summary>
    public const int Archived = 8;

    /// <summary>Cells of a queue: nine states of eleven priorities.</summary>
    public const int Cells = 9 * Priorities;

    private const int Priorities = JobPriority.Highest + 1;

    private readonly Dictionary<int, long[]> _queues = [];
    private readonly HashSet<int> _changed = [];
    private readonly NativeStatement _store;
    private readonly long[] _byStatus = new long[9];

    /// <summary>Loads the counts.</summary>
    public CountTable(NativeConnection connection)
    {
        _store = connection.Prepare("INSERT OR REPLACE INTO counts(cell, jobs) VALUES (?1, ?2)");
        var rows = connection.Prepare("SELECT cell, jobs FROM counts");
        while (rows.Step())
        {
            var (queue, cell) = Split(rows.Int64(0));
            QueueOf(queue)[cell] = rows.Int64(1);
            _byStatus[cell / Priorities] += rows.Int64(1);
        }

        rows.Reset();
    }

    /// <summary>Codes of the queues that ever had a job.</summary>
    public IEnumerable<int> Queues => _queues.Keys;

    /// <summary>Whether a queue ever had a job.</summary>
    public bool Knows(int queue) => _queues.ContainsKey(queue);

    /// <summary>Jobs in a terminal state.</summary>
    public long Finished => _byStatus[(int)JobStatus.Succeeded] + _byStatus[(int)JobStatus.Failed] + _byStatus[(int)JobStatus.Cancelled]
        + _byStatus[(int)JobStatus.Expired] + _byStatus[Archived];

    /// <summary>Takes a stored cell's number apart.</summary>
    public static (int Queue, int Cell) Split(long stored) => ((int)(stored >> 8), (int)(stored & 0xFF));

    /// <summary>The state and priority of a cell.</summary>
    public static (int Status, int Priority) Meaning(int cell) => (cell / Priorities, cell % Priorities);

    /// <summary>Jobs of a queue in a state.</summary>
    public long Of(int queue, JobStatus status)
    {
        if (!_queues.TryGetValue(queue, out var cells)) return 0;
        long sum = 0;
        foreach (var jobs in cells.AsSpan((int)status * Priorities, Priorities)) sum += jobs;
        return sum;
    }

    /// <summary>Jobs of a queue in a state and priority.</summary>
    public long Of(int queue, JobStatus status, int priority) =>
        _queues.TryGetValue(queue, out var cells) ? cells[((int)status * Priorities) + priority] : 0;

    /// <summary>Counts a job in (+1) or out (-1).</summary>
    /// <returns>Whether the queue is new.</returns>
    public bool Add(Job job, int queue, int step)
    {
        var isNew = !_queues.ContainsKey(queue);
        var status = job is { Status: JobStatus.Failed, Archived: true } ? Archived : (int)job.Status;
        var cell = (status * Priorities) + job.Priority;
        QueueOf(queue)[cell] += step;
        _byStatus[status] += step;
        _changed.Add((queue << 8) | cell);
        return isNew;
    }

    /// <summary>Writes the cells changed since the last time.</summary>
    public void Store()
    {
        foreach (var stored in _changed)
        {
            var (queue, cell) = Split(stored);
            _store.Bind(1, stored);
            _store.Bind(2, _queues[queue][cell]);
            _store.Run();
        }

        _changed.Clear();
    }

    private long[] QueueOf(int queue)
    {
        if (_queues.TryGetValue(queue, out var cells)) return cells;
        return _queues[queue] = new long[Cells];
    }
}
