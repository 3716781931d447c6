namespace Molino.PeerWorker;

/// <summary>Returns its argument.</summary>
internal sealed class NoopHandler : IJobHandler<NoopArgs, int>
{
    public Task<int> RunAsync(NoopArgs args, IJobContext context, CancellationToken cancellationToken) => Task.FromResult(args.I);
}

/// <param name="I">The job's number.</param>
internal sealed record NoopArgs(int I);
