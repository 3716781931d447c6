namespace Molino.Hosting.Tests;

public sealed class CountHandler : IJobHandler<CountArgs, int>
{
    public Task<int> RunAsync(CountArgs args, IJobContext context, CancellationToken cancellationToken) => Task.FromResult(args.Count);
}
