using Molino.Runtime.Tests.Testing;

namespace Molino.Runtime.Tests.Clustering;

public sealed class Listener(Probe probe, string name) : IListener
{
    public void OnEvent(string what) => probe.Signal($"{name} heard {what}");

    public Task<string> AskAsync(string question) => Task.FromResult($"{name} says {question}");

    public async Task HoldAsync(string gate, CancellationToken cancellationToken)
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
}
