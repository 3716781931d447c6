using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Runtime.Tests.Storage;

public sealed class TallyGrain([PersistentState("tally", "store")] IPersistentState<Tally> tally, Probe probe) : Grain, ITallyGrain
{
    public async Task<int> AddAsync(int amount, string note)
    {
        tally.State.Value += amount;
        tally.State.Notes.Add(note);
        await tally.WriteStateAsync();
        return tally.State.Value;
    }

    public Task<(int Value, int Notes, bool Exists, bool HasEtag)> ReadAsync() =>
        Task.FromResult((tally.State.Value, tally.State.Notes.Count, tally.RecordExists, tally.Etag is not null));

    public Task ForgetToWriteAsync(int value)
    {
        tally.State.Value = value;
        return Task.CompletedTask;
    }

    public Task ClearAsync() => tally.ClearStateAsync();

    public async Task<bool> AddOrReloadAsync(int amount)
    {
        try
        {
            await AddAsync(amount, "careful");
            return true;
        }
        catch (InconsistentStateException)
        {
            await tally.ReadStateAsync();
            return false;
        }
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal($"deactivate {reason.ReasonCode}");
        return Task.CompletedTask;
    }
}
