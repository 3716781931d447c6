using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>Rows of jobs on one connection: how they are read, and for the writer how they are written.</summary>
internal sealed class JobTable
{
    /// <summary>Packed specs above this are kept in a table of their own, so that a transition does not rewrite them.</summary>
    private const int MaxSpecInRow = 600;

    /// <summary>A first state is padded to this, so that later ones fit in its place and the row does not move.</summary>
    private const int StateReserve = 44;

    private const string Columns = "seq, id, last_event, keyed, state, spec";

    private readonly NativeConnection _connection;
    private readonly Func<NameTable> _names;
    private readonly PackBuffer _state = new();
    private readonly PackBuffer _spec = new();
    private readonly NativeStatement _byId;
    private readonly NativeStatement _bySequence;
    private readonly NativeStatement _byPlace;
    private readonly NativeStatement _byPlaces;
    private readonly NativeStatement _specApart;
    private NativeStatement? _firstOrder;
    private NativeStatement? _insert;
    private NativeStatement? _insertSpec;
    private NativeStatement? _update;
    private NativeStatement? _updateWithResult;
    private NativeStatement? _updateSpec;

    /// <summary>Prepares the reads; the writes are prepared at first use.</summary>
    public JobTable(NativeConnection connection, Func<NameTable> names)
    {
        _connection = connection;
        _names = names;
        _byId = connection.Prepare($"SELECT {Columns}, result FROM jobs WHERE id=?1");
        _bySequence = connection.Prepare($"SELECT {Columns} FROM jobs WHERE seq=?1");
        _byPlace = connection.Prepare($"SELECT {Columns} FROM jobs WHERE place=?1 AND place_order<=?2 ORDER BY place_order, seq LIMIT ?3");
        _byPlaces = connection.Prepare($"SELECT {Columns} FROM jobs WHERE place>=?1 AND place<=?2 ORDER BY place, place_order, seq LIMIT ?3");
        _specApart = connection.Prepare("SELECT spec FROM specs WHERE seq=?1");
    }

    /// <summary>The connection.</summary>
    public NativeConnection Connection => _connection;

    /// <summary>Finds a job with its result.</summary>
    public StoredJob? Find(JobId id)
    {
        Span<byte> key = stackalloc byte[JobId.ByteLength];
        id.WriteBytes(key);
        _byId.Bind(1, key);
        return One(_byId, withResult: true);
    }

    /// <summary>Finds a job, without its result.</summary>
    public StoredJob? Find(long sequence)
    {
        _bySequence.Bind(1, sequence);
        return One(_bySequence, withResult: false);
    }

    /// <summary>The sequence of a job, or null when it is not stored.</summary>
    public long? FindSequence(JobId id)
    {
        var row = _connection.Reuse("SELECT seq FROM jobs WHERE id=?1");
        Span<byte> key = stackalloc byte[JobId.ByteLength];
        id.WriteBytes(key);
        row.Bind(1, key);
        long? sequence = row.Step() ? row.Int64(0) : null;
        row.Reset();
        return sequence;
    }

    /// <summary>Reads pending jobs whose expiry has passed, earliest expiry first, without results.</summary>
    public void ReadExpired(long now, int limit, List<StoredJob> jobs)
    {
        var rows = _connection.Reuse($"SELECT {Columns} FROM jobs WHERE expires<=?1 ORDER BY expires, seq LIMIT ?2");
        rows.Bind(1, now);
        rows.Bind(2, limit);
        while (rows.Step()) jobs.Add(Read(rows, withResult: false));
        rows.Reset();
    }

    /// <summary>Removes a job.</summary>
    public void Delete(long sequence)
    {
        foreach (var sql in (ReadOnlySpan<string>)["DELETE FROM jobs WHERE seq=?1", "DELETE FROM specs WHERE seq=?1"])
        {
            var delete = _connection.Reuse(sql);
            delete.Bind(1, sequence);
            delete.Run();
        }
    }

    /// <summary>Removes the bytes of a result; what is known about it stays.</summary>
    public void DropResult(long sequence)
    {
        var drop = _connection.Reuse("UPDATE jobs SET result=NULL WHERE seq=?1 AND result IS NOT NULL");
        drop.Bind(1, sequence);
        drop.Run();
    }

    /// <summary>Reads jobs of one place, without results, up to an order.</summary>
    /// <param name="place">The place.</param>
    /// <param name="maxOrder">Only up to this order.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="jobs">Where to add them.</param>
    public void ReadPlace(long place, long maxOrder, int limit, List<StoredJob> jobs)
    {
        _byPlace.Bind(1, place);
        _byPlace.Bind(2, maxOrder);
        _byPlace.Bind(3, limit);
        while (_byPlace.Step()) jobs.Add(Read(_byPlace, withResult: false));
        _byPlace.Reset();
    }

    /// <summary>Reads jobs of a range of places, without results, in the order of the index.</summary>
    /// <param name="from">The first place.</param>
    /// <param name="to">The last place.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="jobs">Where to add them.</param>
    public void ReadPlaces(long from, long to, int limit, List<StoredJob> jobs)
    {
        _byPlaces.Bind(1, from);
        _byPlaces.Bind(2, to);
        _byPlaces.Bind(3, limit);
        while (_byPlaces.Step()) jobs.Add(Read(_byPlaces, withResult: false));
        _byPlaces.Reset();
    }

    /// <summary>The lowest order in a place, or null when nothing is there.</summary>
    public long? FirstOrder(long place)
    {
        _firstOrder ??= _connection.Prepare("SELECT place_order FROM jobs WHERE place=?1 ORDER BY place_order LIMIT 1");
        _firstOrder.Bind(1, place);
        long? order = _firstOrder.Step() ? _firstOrder.Int64(0) : null;
        _firstOrder.Reset();
        return order;
    }

    /// <summary>Adds a job.</summary>
    /// <returns>False when a job of this id is there.</returns>
    public bool TryInsert(StoredJob stored)
    {
        _insert ??= _connection.Prepare(
            "INSERT INTO jobs(seq, id, place, place_order, expires, last_event, keyed, state, spec) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
        var job = stored.Job;
        var names = _names();
        Span<byte> key = stackalloc byte[JobId.ByteLength];
        job.Id.WriteBytes(key);
        PackState(job, names);
        _spec.Clear();
        JobSpecPacker.Pack(job.Spec, names, _spec);
        var apart = _spec.Length > MaxSpecInRow;
        _insert.Bind(1, job.Sequence);
        _insert.Bind(2, key);
        _insert.Bind(3, PlaceKey.Of(job, names));
        _insert.Bind(4, PlaceKey.OrderOf(job));
        _insert.Bind(5, ExpiryOf(job));
        _insert.Bind(6, stored.LastEvent);
        _insert.Bind(7, stored.Keyed ? 1 : 0);
        _insert.Bind(8, _state.Written);
        if (apart) _insert.BindNull(9);
        else _insert.Bind(9, _spec.Written);
        if (!_insert.TryRun()) return false;
        if (apart) InsertSpec(job.Sequence);
        return true;
    }

    /// <summary>Writes a job's new state.</summary>
    /// <param name="before">As it was.</param>
    /// <param name="stored">As it is.</param>
    public void Update(Job before, StoredJob stored)
    {
        var job = stored.Job;
        var names = _names();
        PackState(job, names);
        var withResult = !ReferenceEquals(before.Result, job.Result) && job.Result is not null;
        var update = withResult
            ? _updateWithResult ??= _connection.Prepare("UPDATE jobs SET place=?1, place_order=?2, expires=?3, last_event=?4, state=?5, result=?7 WHERE seq=?6")
            : _update ??= _connection.Prepare("UPDATE jobs SET place=?1, place_order=?2, expires=?3, last_event=?4, state=?5 WHERE seq=?6");
        update.Bind(1, PlaceKey.Of(job, names));
        update.Bind(2, PlaceKey.OrderOf(job));
        update.Bind(3, ExpiryOf(job));
        update.Bind(4, stored.LastEvent);
        update.Bind(5, _state.Written);
        update.Bind(6, job.Sequence);
        if (withResult && job.Result is { Inline.IsEmpty: false } result) update.Bind(7, result.Inline.Span);
        else if (withResult) update.BindNull(7);
        update.Run();
        if (!ReferenceEquals(before.Spec, job.Spec)) ReplaceSpec(job);
    }

    /// <summary>Reads the row that a statement stands on: <c>seq, id, last_event, keyed, state, spec</c> and perhaps <c>result</c>.</summary>
    public StoredJob Read(NativeStatement row, bool withResult)
    {
        var names = _names();
        var sequence = row.Int64(0);
        var id = JobId.FromBytes(row.Blob(1));
        var spec = row.IsNull(5) ? ReadSpecApart(id, sequence, names) : JobSpecPacker.Unpack(id, row.Blob(5), names);
        ReadOnlyMemory<byte> inline = withResult && !row.IsNull(6) ? row.Blob(6).ToArray() : default;
        return new StoredJob(JobStatePacker.Unpack(spec, sequence, row.Blob(4), inline, names), row.Int64(2), row.Int64(3) != 0);
    }

    private static long? ExpiryOf(Job job) =>
        job.Spec.ExpiresAt is { } limit && job.StartedAt is null && job.Status.IsPending() ? limit.UtcTicks : null;

    private StoredJob? One(NativeStatement statement, bool withResult)
    {
        try
        {
            return statement.Step() ? Read(statement, withResult) : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private void PackState(Job job, NameTable names)
    {
        _state.Clear();
        JobStatePacker.Pack(job, names, _state);
        _state.PadTo(StateReserve);
    }

    private JobSpec ReadSpecApart(JobId id, long sequence, NameTable names)
    {
        _specApart.Bind(1, sequence);
        try
        {
            if (!_specApart.Step()) throw new SqliteFailure(ResultCode.Corrupt, $"job {id} has no spec");
            return JobSpecPacker.Unpack(id, _specApart.Blob(0), names);
        }
        finally
        {
            _specApart.Reset();
        }
    }

    private void InsertSpec(long sequence)
    {
        _insertSpec ??= _connection.Prepare("INSERT OR REPLACE INTO specs(seq, spec) VALUES (?1, ?2)");
        _insertSpec.Bind(1, sequence);
        _insertSpec.Bind(2, _spec.Written);
        _insertSpec.Run();
    }

    private void ReplaceSpec(Job job)
    {
        _updateSpec ??= _connection.Prepare("UPDATE jobs SET spec=NULL WHERE seq=?1");
        _spec.Clear();
        JobSpecPacker.Pack(job.Spec, _names(), _spec);
        InsertSpec(job.Sequence);
        _updateSpec.Bind(1, job.Sequence);
        _updateSpec.Run();
    }
}
