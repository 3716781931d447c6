using System.Text.Json;
using Molino.Storage;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Hosting;

/// <summary>Keeps grain state in the job store, as JSON: for grains of the host's own, by the name <c>molino</c>.</summary>
internal sealed class StateStoreGrainStorage(IStateStore store) : IGrainStorage
{
    /// <summary>What <c>[PersistentState("...", "molino")]</c> names.</summary>
    public const string Name = "molino";

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var stored = await store.ReadAsync(grainId.Type.ToString()!, grainId.Key.ToString()!, stateName, CancellationToken.None).ConfigureAwait(false);
        grainState.RecordExists = stored is not null;
        grainState.ETag = stored?.Etag;
        grainState.State = stored is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(stored.Bytes.Span, JobJson.Options)!; // also over what a failed write left in memory
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(grainState.State, JobJson.Options);
        var expected = grainState.ETag;
        grainState.ETag = await store.WriteAsync(grainId.Type.ToString()!, grainId.Key.ToString()!, stateName, json, expected, CancellationToken.None).ConfigureAwait(false)
            ?? throw Inconsistent(stateName, grainId, expected);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var expected = grainState.ETag;
        if (!await store.ClearAsync(grainId.Type.ToString()!, grainId.Key.ToString()!, stateName, expected, CancellationToken.None).ConfigureAwait(false))
            throw Inconsistent(stateName, grainId, expected);
        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private static InconsistentStateException Inconsistent(string stateName, GrainId grainId, string? expected) =>
        new($"The state '{stateName}' of {grainId} was written by another activation.", storedEtag: "unknown", currentEtag: expected ?? "none");
}
