namespace Molino.PeerWorker;

/// <summary>Writes down how late it was called.</summary>
internal sealed class DueHandler(EventFile events) : IJobHandler<DueArgs, int>
{
    public Task<int> RunAsync(DueArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        events.Write($"D {args.I} {EventFile.Now - args.When:F6}");
        return Task.FromResult(args.I);
    }
}

/// <param name="I">The job's number.</param>
/// <param name="When">When it is due, seconds since 1970.</param>
internal sealed record DueArgs(int I, double When);
