using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Packing;
using Molino.Storage.Sqlite.Events;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.Moving;

/// <summary>Writes items into the tables, inside the session's open transaction.</summary>
internal sealed class ItemWriter(WriteSession session, StoreItem.Head head)
{
    private readonly NativeConnection _connection = session.Connection;
    private readonly PackBuffer _block = new(16384);
    private DateTimeOffset _origin;
    private long _first;
    private int _count;
    private (JobId Id, long Sequence) _last;

    /// <summary>Jobs written so far.</summary>
    public long Jobs { get; private set; }

    /// <summary>What was left out so far.</summary>
    public ImportLeftOut LeftOut { get; private set; }

    /// <summary>Writes an item.</summary>
    public void Write(StoreItem item)
    {
        switch (item)
        {
            case StoreItem.StoredJob job:
                WriteJob(job);
                break;
            case StoreItem.ResultPart part:
                WritePart(part);
                break;
            case StoreItem.LogLines log:
                foreach (var line in log.Lines) session.Content.PutLine(SequenceOf(log.Job), line);
                break;
            case StoreItem.JobData data:
                session.Content.PutData(SequenceOf(data.Job), data.Key, data.Value.Span);
                break;
            case StoreItem.Queue queue:
                var add = _connection.Reuse("INSERT OR IGNORE INTO counts(cell, jobs) VALUES (?1, 0)");
                add.Bind(1, (long)session.Names.CodeOf(queue.Name) << 8);
                add.Run();
                session.Paused.Set(session.Names.CodeOf(queue.Name), queue.Paused);
                break;
            case StoreItem.RetiredKey key:
                if (!AddKey(key.Type, key.Key, key.Job, key.Submitted, key.Ended)) LeftOut = LeftOut with { Keys = LeftOut.Keys + 1 };
                break;
            case StoreItem.GrainState state:
                session.States.Write(state.Type, state.Id, state.Name, state.Bytes.Span, expectedEtag: null);
                break;
            case StoreItem.Reminder reminder:
                session.Reminders.Write(reminder.Row);
                break;
            case StoreItem.Event happened:
                WriteEvent(happened);
                break;
            default:
                throw new ArgumentException($"{item.GetType().Name} is not to be written.", nameof(item));
        }
    }

    /// <summary>Ends the open block of events: a block belongs to one commit.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        var insert = _connection.Reuse("INSERT INTO events(first, count, at, block) VALUES (?1, ?2, ?3, ?4)");
        insert.Bind(1, _first);
        insert.Bind(2, _count);
        insert.Bind(3, _origin.UtcTicks);
        insert.Bind(4, _block.Written);
        insert.Run();
        _count = 0;
    }

    private void WriteJob(StoreItem.StoredJob item)
    {
        var job = item.Job;
        if (!session.Jobs.TryInsert(new Layout.StoredJob(job, item.LastEvent, item.Key is not null)))
            throw new StoreException(ErrorCodes.StoreCorrupt, $"Job {job.Id} comes twice.");
        if (job.Result is { Inline.IsEmpty: false } result)
        {
            var keep = _connection.Reuse("UPDATE jobs SET result=?1 WHERE seq=?2");
            keep.Bind(1, result.Inline.Span);
            keep.Bind(2, job.Sequence);
            keep.Run();
        }

        if (item.Key is { } key && job.Spec.IdempotencyKey is { } text) AddKey(job.Spec.Type, text, job.Id, key, ended: null);
        session.Counts.Add(job, session.Names.CodeOf(job.Queue), 1);
        _last = (job.Id, job.Sequence);
        Jobs++;
    }

    private void WritePart(StoreItem.ResultPart part)
    {
        var insert = _connection.Reuse("INSERT INTO chunks(job, epoch, number, first, items, length, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        insert.Bind(1, SequenceOf(part.Job));
        insert.Bind(2, part.Epoch);
        insert.Bind(3, part.Index);
        insert.Bind(4, part.FirstItem);
        insert.Bind(5, part.Items);
        insert.Bind(6, part.Length);
        insert.Bind(7, part.Packed.Span);
        insert.Run();
    }

    private bool AddKey(string type, string key, JobId job, SubmittedKey submitted, JobStatus? ended)
    {
        var insert = _connection.Reuse("INSERT OR IGNORE INTO submit_keys(type, key, hash, job, created, ended, forget) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        job.WriteBytes(id);
        insert.Bind(1, session.Names.CodeOf(type));
        insert.Bind(2, key);
        insert.Bind(3, submitted.Hash.Span);
        insert.Bind(4, id);
        insert.Bind(5, submitted.CreatedAt.UtcTicks);
        insert.Bind(6, ended is { } status ? (long)status : null);
        insert.Bind(7, ended is null ? null : (submitted.CreatedAt + SubmitKeys.MinimumLife).UtcTicks);
        insert.Run();
        return _connection.Changes > 0;
    }

    private void WriteEvent(StoreItem.Event happened)
    {
        var (record, number) = (happened.Record, happened.Record.Cursor.Sequence);
        if (number > head.LastEvent && !IsKnown(record.Job, number))
        {
            LeftOut = LeftOut with { Events = LeftOut.Events + 1 };
            return;
        }

        if (_count == EventBlock.MaxEvents || (_count > 0 && number != _first + _count)) Flush();
        if (_count++ == 0)
        {
            (_first, _origin) = (number, record.At);
            EventBlock.Begin(_block);
        }

        EventBlock.Append(_block, record, happened.Previous == 0 ? 0 : number - happened.Previous, _origin, session.Names);
    }

    /// <summary>Whether a job, as it was read, had come to an event already.</summary>
    private bool IsKnown(JobId job, long number)
    {
        var row = _connection.Reuse("SELECT last_event FROM jobs WHERE id=?1");
        Span<byte> id = stackalloc byte[JobId.ByteLength];
        job.WriteBytes(id);
        row.Bind(1, id);
        var known = row.Step() && row.Int64(0) >= number;
        row.Reset();
        return known;
    }

    private long SequenceOf(JobId job)
    {
        if (_last.Id != job)
        {
            var sequence = session.Jobs.FindSequence(job) ?? throw new StoreException(ErrorCodes.StoreCorrupt, $"Something of job {job} comes before the job.");
            _last = (job, sequence);
        }

        return _last.Sequence;
    }
}
