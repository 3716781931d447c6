using Molino.Runtime.Tests.Storage;
using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Tests.Wire;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

public sealed class MemberGrain(Probe probe, [PersistentState("count", "store")] IPersistentState<Tally> count) : Grain, IMemberGrain
{
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        probe.Signal($"deactivated {this.GetPrimaryKeyString()} {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public Task<string> SiloAsync() => Task.FromResult(RuntimeIdentity);

    public Task<Everything?> EchoAsync(Everything? message) => Task.FromResult(message);

    public Task FailAsync(string message) => throw new CodedException("code", message);

    public Task<string> AskAsync(IMemberGrain other) => other.SiloAsync();

    public Task<object?> ContextAsync(string name) => Task.FromResult(RequestContext.Get(name));

    public Task RingAsync(string signal)
    {
        probe.Signal(signal);
        return Task.CompletedTask;
    }

    public async Task WaitAsync(string gate, CancellationToken cancellationToken)
    {
        try
        {
            await probe.PassAsync(gate).WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            probe.Signal($"cancelled {gate}");
            throw;
        }
    }

    public async Task<int> AddAsync(int amount)
    {
        count.State.Value += amount;
        await count.WriteStateAsync();
        return count.State.Value;
    }
}
