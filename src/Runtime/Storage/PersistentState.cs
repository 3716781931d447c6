using Molino.Runtime.Activations;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Runtime.Storage;

/// <summary>A stored state of one activation.</summary>
/// <typeparam name="TState">The type of the value.</typeparam>
internal sealed class PersistentState<TState>(Activation activation, IGrainStorage storage, string stateName) : IPersistentState<TState>, ILoadableState
{
    private readonly GrainState<TState> _record = new(NewValue());

    /// <inheritdoc/>
    public TState State
    {
        get => _record.State!;
        set => _record.State = value;
    }

    /// <inheritdoc/>
    public string? Etag => _record.ETag;

    /// <inheritdoc/>
    public bool RecordExists => _record.RecordExists;

    /// <inheritdoc/>
    public Task LoadAsync(CancellationToken cancellationToken) => ReadStateAsync(cancellationToken);

    /// <inheritdoc/>
    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async Task ReadStateAsync(CancellationToken cancellationToken)
    {
        await storage.ReadStateAsync(stateName, activation.GrainId, _record, cancellationToken);
        _record.State ??= NewValue();
    }

    /// <inheritdoc/>
    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    /// <inheritdoc/>
    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        WatchAsync(() => Writing().WriteStateAsync(stateName, activation.GrainId, _record, cancellationToken));

    /// <inheritdoc/>
    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    /// <inheritdoc/>
    public async Task ClearStateAsync(CancellationToken cancellationToken)
    {
        await WatchAsync(() => Writing().ClearStateAsync(stateName, activation.GrainId, _record, cancellationToken));
        _record.State ??= NewValue();
    }

    private static TState? NewValue() =>
        typeof(TState).IsValueType || typeof(TState).GetConstructor(Type.EmptyTypes) is null ? default : Activator.CreateInstance<TState>();

    /// <summary>A silo that cannot beat will be removed: its writes would be refused, or overtaken.</summary>
    private IGrainStorage Writing() => activation.Silo.Local.MayWrite
        ? storage
        : throw new SiloUnavailableException($"Silo {activation.Silo.Name} cannot reach the membership table and writes nothing; the state of {activation.GrainId} is unchanged.");

    private async Task WatchAsync(Func<Task> operation)
    {
        try
        {
            // Called in here, since providers also throw before they return a task.
            await operation();
        }
        catch (InconsistentStateException error)
        {
            activation.OnInconsistentState(error);
            throw;
        }
    }
}
