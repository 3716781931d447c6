using System.Runtime.CompilerServices;
using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Clustering;

public sealed class SourceGrain(Probe probe) : Grain, ISourceGrain
{
    public async IAsyncEnumerable<int> CountAsync(int to, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < to; i++)
        {
            if (i % 7 == 0)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }

    public async IAsyncEnumerable<string> FailAfterAsync(string[] words)
    {
        foreach (var word in words)
        {
            yield return word;
        }

        await Task.Yield();
        throw new Wire.CodedException("end", "no more words");
    }

    public async IAsyncEnumerable<string> GatedAsync(string gate, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        yield return "first";
        try
        {
            await probe.PassAsync(gate).WaitAsync(cancellationToken);
        }
        finally
        {
            probe.Signal($"left {gate} {cancellationToken.IsCancellationRequested}");
        }

        yield return "second";
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
