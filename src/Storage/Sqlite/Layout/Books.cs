using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>The numbers that every commit carries: its own number, the last job and event, and the totals.</summary>
internal sealed class Books
{
    private readonly NativeStatement _store;
    private (long, long, long, long, long, long, long, long) _stored;

    /// <summary>Loads the books.</summary>
    public Books(NativeConnection connection)
    {
        _store = connection.Prepare(
            "UPDATE books SET commits=?1, jobs=?2, events=?3, accepted=?4, removed=?5, refused=?6, etags=?7, swept_order=?8, swept_job=?9 WHERE id=1");
        var row = connection.Prepare("SELECT commits, jobs, events, accepted, removed, refused, etags, swept_order, swept_job FROM books WHERE id=1");
        if (!row.Step()) throw new SqliteFailure(ResultCode.Corrupt, "the books are missing");
        Commits = row.Int64(0);
        LastJob = row.Int64(1);
        LastEvent = row.Int64(2);
        Accepted = row.Int64(3);
        Removed = row.Int64(4);
        Refused = row.Int64(5);
        LastEtag = row.Int64(6);
        SweptOrder = row.Int64(7);
        SweptJob = row.Int64(8);
        row.Reset();
        _stored = Values;
    }

    /// <summary>Commits so far.</summary>
    public long Commits { get; private set; }

    /// <summary>Sequence of the last job.</summary>
    public long LastJob { get; set; }

    /// <summary>Sequence of the last event.</summary>
    public long LastEvent { get; set; }

    /// <summary>Jobs ever accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Jobs removed by retention.</summary>
    public long Removed { get; set; }

    /// <summary>Ends of attempts refused for their token.</summary>
    public long Refused { get; set; }

    /// <summary>The last etag of grain state.</summary>
    public long LastEtag { get; set; }

    /// <summary>Results up to this end (ms since 1970) were looked at by retention.</summary>
    public long SweptOrder { get; set; }

    /// <summary>Within <see cref="SweptOrder"/>, up to this job.</summary>
    public long SweptJob { get; set; }

    /// <summary>Whether anything differs from what is stored.</summary>
    public bool HaveChanged => _stored != Values;

    private (long, long, long, long, long, long, long, long) Values =>
        (LastJob, LastEvent, Accepted, Removed, Refused, LastEtag, SweptOrder, SweptJob);

    /// <summary>Writes the books, with the next commit's number.</summary>
    public void Store()
    {
        Commits++;
        _store.Bind(1, Commits);
        _store.Bind(2, LastJob);
        _store.Bind(3, LastEvent);
        _store.Bind(4, Accepted);
        _store.Bind(5, Removed);
        _store.Bind(6, Refused);
        _store.Bind(7, LastEtag);
        _store.Bind(8, SweptOrder);
        _store.Bind(9, SweptJob);
        _store.Run();
        _stored = Values;
    }
}
