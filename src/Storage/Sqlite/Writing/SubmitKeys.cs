using Molino.Core;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Writing;

/// <summary>Idempotency keys: kept as long as their job, and at least a day.</summary>
internal sealed class SubmitKeys(NativeConnection connection, NameTable names)
{
    private readonly NativeStatement _find = connection.Prepare("SELECT hash, job, ended FROM submit_keys WHERE type=?1 AND key=?2");
    private readonly NativeStatement _insert = connection.Prepare("INSERT INTO submit_keys(type, key, hash, job, created) VALUES (?1, ?2, ?3, ?4, ?5)");
    private readonly NativeStatement _delete = connection.Prepare("DELETE FROM submit_keys WHERE type=?1 AND key=?2 AND created<=?3");
    private readonly NativeStatement _keep = connection.Prepare(
        "UPDATE submit_keys SET ended=?3, forget=created+?4 WHERE type=?1 AND key=?2");

    private readonly NativeStatement _forget = connection.Prepare(
        "DELETE FROM submit_keys WHERE (type, key) IN (SELECT type, key FROM submit_keys WHERE forget<=?1 ORDER BY forget LIMIT ?2)");

    /// <summary>How long a key is kept at least.</summary>
    public static readonly TimeSpan MinimumLife = TimeSpan.FromDays(1);

    /// <summary>Finds the first submit under a key.</summary>
    public SubmitKey? Find(string type, string key)
    {
        if (!names.TryCodeOf(type, out var code)) return null;
        _find.Bind(1, code);
        _find.Bind(2, key);
        try
        {
            if (!_find.Step()) return null;
            return new SubmitKey(JobId.FromBytes(_find.Blob(1)), _find.Blob(0).ToArray(), _find.IsNull(2) ? null : (JobStatus)_find.Int64(2));
        }
        finally
        {
            _find.Reset();
        }
    }

    /// <summary>Remembers a submit.</summary>
    public void Add(JobSpec spec, byte[] hash, DateTimeOffset now)
    {
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        spec.Id.WriteBytes(id);
        _insert.Bind(1, names.CodeOf(spec.Type));
        _insert.Bind(2, spec.IdempotencyKey ?? "");
        _insert.Bind(3, hash);
        _insert.Bind(4, id);
        _insert.Bind(5, now.UtcTicks);
        _insert.Run();
    }

    /// <summary>The job is being removed: forgets its key, or keeps it for the rest of its day.</summary>
    public void JobRemoved(Job job, DateTimeOffset now)
    {
        if (job.Spec.IdempotencyKey is not { } key) return;
        var type = names.CodeOf(job.Spec.Type);
        _delete.Bind(1, type);
        _delete.Bind(2, key);
        _delete.Bind(3, (now - MinimumLife).UtcTicks);
        _delete.Run();
        if (connection.Changes > 0) return;
        _keep.Bind(1, type);
        _keep.Bind(2, key);
        _keep.Bind(3, (int)job.Status);
        _keep.Bind(4, MinimumLife.Ticks);
        _keep.Run();
    }

    /// <summary>Forgets keys whose job is gone and whose day is over.</summary>
    /// <returns>How many.</returns>
    public int Forget(DateTimeOffset now, int max)
    {
        _forget.Bind(1, now.UtcTicks);
        _forget.Bind(2, max);
        _forget.Run();
        return connection.Changes;
    }
}
