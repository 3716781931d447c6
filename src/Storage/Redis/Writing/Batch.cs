using System.Runtime.InteropServices;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Events;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Leasing;
using Molino.Storage.Redis.Notices;

namespace Molino.Storage.Redis.Writing;

/// <summary>
/// Items that go to the server together. What is stored is guessed from what this process saw last; the script compares, and where it differs
/// the batch is composed again with what is really there.
/// </summary>
internal sealed class Batch(RedisEngine engine, List<WriteItem> items)
{
    private const int OrderBlock = 128;

    private readonly Dictionary<JobId, StoredJob?> _known = [];
    private readonly Dictionary<string, byte[]?> _knownKeys = new(StringComparer.Ordinal);
    private readonly List<string> _checks = [];
    private readonly HashSet<string> _checkedKeys = new(StringComparer.Ordinal);
    private readonly EventWriter _events = new(engine.Names);

    /// <summary>The items, in order.</summary>
    public List<WriteItem> Items { get; } = items;

    /// <summary>The jobs looked at or changed, in the order of their first use.</summary>
    public Dictionary<JobId, StagedJob> Jobs { get; } = [];

    /// <summary>New jobs of the batch by their idempotency key's field.</summary>
    public Dictionary<string, StagedJob> Keyed { get; } = new(StringComparer.Ordinal);

    /// <summary>Answers to the changes of each item.</summary>
    public List<ChangeResult[]> Results { get; } = [];

    /// <summary>What was applied, in order; sequences of new jobs are not known yet.</summary>
    public List<CommittedChange> Committed { get; } = [];

    /// <summary>Ends of attempts refused for their token.</summary>
    public int Refused { get; set; }

    /// <summary>The script's arguments, for the steps that add to them.</summary>
    public BatchScript Script { get; private set; } = new(engine.Keys);

    /// <summary>Queues that get their first job as far as this process knows.</summary>
    public HashSet<string> NewQueues { get; } = new(StringComparer.Ordinal);

    /// <summary>The store is known to hold this for a job, or nothing.</summary>
    public void Learn(JobId id, StoredJob? stored) => _known[id] = stored;

    /// <summary>The store is known to hold this under an idempotency key, or nothing.</summary>
    public void LearnKey(int check, byte[]? value) => _knownKeys[_checks[check]] = value;

    /// <summary>A job as it is now thought to be.</summary>
    public StagedJob Find(JobId id)
    {
        if (Jobs.TryGetValue(id, out var staged)) return staged;
        staged = new StagedJob(_known.TryGetValue(id, out var known) ? known : engine.Cache.Find(id));
        Jobs.Add(id, staged);
        return staged;
    }

    /// <summary>What is thought to be stored under an idempotency key; the script will compare.</summary>
    public byte[]? FindKey(string field)
    {
        if (_checkedKeys.Add(field))
        {
            _checks.Add(field);
            Script.ExpectValue("HGET", engine.Keys.SubmitKeys, SubmitKey.FieldBytes(field), _knownKeys.GetValueOrDefault(field));
        }

        return _knownKeys.GetValueOrDefault(field);
    }

    /// <summary>Adds an event of a job.</summary>
    public void Append(StagedJob staged, JobEvent change, Job after)
    {
        var previous = staged.LastEvent > 0 ? EventWriter.Relative | (uint)(_events.Count + 1 - staged.LastEvent) : staged.Before?.LastEvent ?? 0;
        staged.LastEvent = _events.Append(change, after, previous);
        Committed.Add(new CommittedChange(after, change.Kind));
    }

    /// <summary>Decides all items and makes the call; null when nothing has to be asked or written.</summary>
    public RespCommand? Compose()
    {
        Jobs.Clear();
        Results.Clear();
        Committed.Clear();
        NewQueues.Clear();
        _checks.Clear();
        _checkedKeys.Clear();
        Keyed.Clear();
        _events.Clear();
        Refused = 0;
        Script = new BatchScript(engine.Keys);
        var silos = new List<string> { engine.Silo };
        foreach (var item in Items)
        {
            Results.Add(new ItemDecider(this).Decide(item));
            item.Raw?.AddTo(this);
            if (item.RemovedSilo is { } removed) Script.Command("HSET", engine.Keys.Fence).Add(removed).Add("1");
            if (item.Lease is { } lease)
            {
                if (!silos.Contains(lease.Silo)) silos.Add(lease.Silo);
                LeaseArguments.Add(Script, lease, engine.Keys, engine.Names);
            }
        }

        WriteJobs();
        if (Refused > 0) Script.Count(engine.Keys.Meta, "refused", Refused);
        foreach (var queue in NewQueues) Script.Command("SADD", engine.Keys.Queues).Add(queue);
        var events = _events.Finish();
        if (!Script.Writes && Script.Jobs.Count == 0 && _checks.Count == 0) return null;
        return Script.ToCommand(engine.Identity.Generation, engine.ManualNow, silos, _events.Blocks, events);
    }

    private void WriteJobs()
    {
        var index = new JobIndex(engine.Keys);
        PackBuffer record = new(), scratch = new(), order = new();
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        Span<byte> guard = stackalloc byte[JobRecord.GuardLength];
        var added = 0;
        foreach (var (key, staged) in Jobs)
        {
            key.WriteBytes(id);
            if (staged.Before is { } stored) JobRecord.WriteGuard(stored.Job, guard);
            var expected = staged.Before is null ? [] : guard;
            if (staged.LastEvent == 0 || staged.Job is not { } job)
            {
                Script.Jobs.Expect(id, expected);
                continue;
            }

            var parts = JobRecord.PartsOf(job);
            record.Clear();
            JobRecord.Pack(job, parts, engine.Names, record, scratch);
            Script.Jobs.Write(id, expected, staged.LastEvent, record.Written);
            WriteApart(id, staged, job, parts);
            index.Move(Script, id, staged.Before?.Job, job);
            Tell(id, staged.Before?.Job, job);
            if (!engine.KnowsQueue(job.Queue)) NewQueues.Add(job.Queue);
            if (!staged.IsNew) continue;
            staged.Place = ++added;
            if (staged.KeyValue is { } value) Script.Command("HSET", engine.Keys.SubmitKeys).Add(SubmitKey.FieldOf(job.Spec.Type, job.Spec.IdempotencyKey ?? "")).Add(value);
            order.Raw(id);
            if (order.Length == OrderBlock * JobId.ByteLength) EndOrder(order);
        }

        EndOrder(order);
    }

    private void EndOrder(PackBuffer order)
    {
        if (order.Length > 0) Script.Order(order.Length / JobId.ByteLength, order.Written);
        order.Clear();
    }

    /// <summary>Other silos may wait for the job's end, or run it.</summary>
    private void Tell(ReadOnlySpan<byte> id, Job? before, Job after)
    {
        if (after.Status.IsTerminal() && before?.Status != after.Status) Script.Ended(id);
        if (after is not { Status: JobStatus.Running, CancelRequestedAt: not null, Silo: { } silo } || before?.CancelRequestedAt is not null || silo == engine.Silo) return;
        Span<byte> notice = stackalloc byte[SiloNotices.Length];
        SiloNotices.Write(new JobNotice(after.Id, JobNoticeKind.StopRequested), notice);
        Script.Notice(silo, notice);
    }

    /// <summary>Writes or removes what is kept apart from a record, where it changed.</summary>
    private void WriteApart(ReadOnlySpan<byte> id, StagedJob staged, Job job, RecordParts parts)
    {
        var before = staged.Before;
        var hadArgs = before is { } stored && (stored.Apart & RecordParts.ArgsApart) != RecordParts.None;
        var argsChanged = before is null || !SameMemory(before.Value.Job.Spec.Args, job.Spec.Args);
        if ((parts & RecordParts.ArgsApart) != RecordParts.None && argsChanged) Script.Command("HSET", engine.Keys.Args).Add(id).Add(job.Spec.Args.Span);
        else if (hadArgs && (parts & RecordParts.ArgsApart) == RecordParts.None) Script.Command("HDEL", engine.Keys.Args).Add(id);
        if ((parts & RecordParts.ResultApart) != RecordParts.None && job.Result is { } result && !ReferenceEquals(before?.Job.Result, result))
            Script.Command("HSET", engine.Keys.Results).Add(id).Add(result.Inline.Span);
    }

    private static bool SameMemory(ReadOnlyMemory<byte> a, ReadOnlyMemory<byte> b) =>
        MemoryMarshal.TryGetArray(a, out var first) && MemoryMarshal.TryGetArray(b, out var second)
        && ReferenceEquals(first.Array, second.Array) && first.Offset == second.Offset && first.Count == second.Count;
}
