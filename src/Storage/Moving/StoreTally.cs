using System.Text.Json;

namespace Molino.Storage.Moving;

/// <summary>Counts what a stream of items holds, by what can be compared between stores.</summary>
public sealed class StoreTally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    /// <summary>Jobs counted.</summary>
    public long Jobs { get; private set; }

    /// <summary>What was counted, by name: <c>jobs {queue} {status}</c>, <c>results</c>, <c>events</c> and so on.</summary>
    public IReadOnlyDictionary<string, long> Counts => _counts;

    /// <summary>Counts an item.</summary>
    /// <param name="item">The item.</param>
    public void Add(StoreItem item)
    {
        switch (item)
        {
            case StoreItem.Head head:
                Count("jobs ever accepted", head.Accepted);
                break;
            case StoreItem.StoredJob { Job: var job } stored:
                Jobs++;
                Count($"jobs {job.Queue} {JsonNamingPolicy.CamelCase.ConvertName(job.Status.ToString())}{(job.Archived ? " archived" : "")}");
                if (job.Result is { Inline.IsEmpty: false }) Count("results");
                if (stored.Key is not null) Count("idempotency keys");
                break;
            case StoreItem.ResultPart:
                Count("parts of results");
                break;
            case StoreItem.LogLines log:
                Count("log lines", log.Lines.Count);
                break;
            case StoreItem.JobData:
                Count("data of jobs");
                break;
            case StoreItem.Queue queue:
                Count("queues");
                if (queue.Paused) Count("queues paused");
                break;
            case StoreItem.RetiredKey:
                Count("idempotency keys of removed jobs");
                break;
            case StoreItem.GrainState:
                Count("states");
                break;
            case StoreItem.Reminder:
                Count("reminders");
                break;
            case StoreItem.Event:
                Count("events");
                break;
        }
    }

    /// <summary>Takes back what an import left out.</summary>
    /// <param name="leftOut">What it left out.</param>
    public void TakeBack(ImportLeftOut leftOut)
    {
        if (leftOut.Events > 0) Count("events", -leftOut.Events);
        if (leftOut.Keys > 0) Count("idempotency keys of removed jobs", -leftOut.Keys);
    }

    /// <summary>Counts under a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="count">How many.</param>
    public void Count(string name, long count = 1) => _counts[name] = _counts.GetValueOrDefault(name) + count;
}
