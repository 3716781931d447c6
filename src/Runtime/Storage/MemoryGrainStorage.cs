using System.Collections.Concurrent;
using System.Globalization;
using Molino.Runtime.Copying;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Runtime.Storage;

/// <summary>Keeps records in the memory of the process, for tests and trials. Values are copied in and out, so that it behaves as a real store does.</summary>
internal sealed class MemoryGrainStorage(CopierProvider copiers) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string StateName, GrainId GrainId), Record> _records = new();
    private long _version;

    /// <inheritdoc/>
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = Copy((T?)record.Value);
            grainState.ETag = record.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            Reset(grainState);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        var etag = Interlocked.Increment(ref _version).ToString(CultureInfo.InvariantCulture);
        var written = new Record(Copy(grainState.State), etag);
        var isWritten = _records.TryGetValue(key, out var present)
            ? present.ETag == grainState.ETag && _records.TryUpdate(key, written, present)
            : grainState.ETag is null && _records.TryAdd(key, written);
        if (!isWritten)
        {
            throw Conflict(key, grainState.ETag);
        }

        grainState.ETag = etag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var present)
            && !(present.ETag == grainState.ETag && _records.TryRemove(KeyValuePair.Create(key, present))))
        {
            throw Conflict(key, grainState.ETag);
        }

        Reset(grainState);
        return Task.CompletedTask;
    }

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = default;
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private InconsistentStateException Conflict((string StateName, GrainId GrainId) key, string? etag) =>
        new($"Another writer changed '{key.StateName}' of {key.GrainId}.", _records.GetValueOrDefault(key)?.ETag, etag);

    private T? Copy<T>(T? value) => new CopyContext(copiers, copiesImmutable: false).Copy(value);

    private sealed record Record(object? Value, string ETag);
}
