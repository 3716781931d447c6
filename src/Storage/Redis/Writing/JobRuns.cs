using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Writing;

/// <summary>
/// The jobs of one run of the batch script, in order: what each must be, and what it becomes. Jobs of one kind whose events follow each other share a head, so
/// that each costs the server as few arguments as can be: on its side an argument costs more than the bytes in it.
/// </summary>
internal sealed class JobRuns
{
    private readonly RespArguments _ended = new();
    private readonly RespArguments _ids = new();
    private readonly RespArguments _guards = new();
    private readonly RespArguments _records = new(4096);
    private int _firstEvent;
    private bool _isThere;

    /// <summary>How many runs have ended; all of them after <see cref="Finish"/>.</summary>
    public int Runs { get; private set; }

    /// <summary>How many jobs there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether any of them is written.</summary>
    public bool Writes { get; private set; }

    /// <summary>Adds a job that is only looked at.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="guard">What its header must be; none for a job that must not be there.</param>
    public void Expect(ReadOnlySpan<byte> id, ReadOnlySpan<byte> guard) => Add(id, guard, 0);

    /// <summary>Adds a job that is written.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="guard">What its header must be; none for a job that must not be there: it gets the next sequence.</param>
    /// <param name="lastEvent">Place of its newest event in the batch, from 1.</param>
    /// <param name="record">The record without its stamp.</param>
    public void Write(ReadOnlySpan<byte> id, ReadOnlySpan<byte> guard, int lastEvent, ReadOnlySpan<byte> record)
    {
        Add(id, guard, lastEvent);
        _records.Add(record);
        Writes = true;
    }

    /// <summary>Ends the last run.</summary>
    /// <returns>All runs, as the script reads them.</returns>
    public RespArguments Finish()
    {
        EndRun();
        return _ended;
    }

    private void Add(ReadOnlySpan<byte> id, ReadOnlySpan<byte> guard, int lastEvent)
    {
        var isThere = !guard.IsEmpty;
        var follows = lastEvent == (_firstEvent == 0 ? 0 : _firstEvent + _ids.Count);
        if (_ids.Count > 0 && (!follows || isThere != _isThere)) EndRun();
        if (_ids.Count == 0) (_firstEvent, _isThere) = (lastEvent, isThere);
        _ids.Add(id);
        if (isThere) _guards.Add(guard);
        Count++;
    }

    private void EndRun()
    {
        if (_ids.Count == 0) return;
        _ended.Add(_ids.Count).Add(_firstEvent).Add(_isThere ? 1 : 0).Add(_ids).Add(_guards).Add(_records);
        _ids.Clear();
        _guards.Clear();
        _records.Clear();
        Runs++;
    }
}
