namespace Molino.PeerWorker;

/// <summary>Sleeps, and writes down when it started and when it ended.</summary>
internal sealed class NapHandler(EventFile events) : IJobHandler<NapArgs, int>
{
    public async Task<int> RunAsync(NapArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        events.Write($"S {args.I} {EventFile.Now:F6} {Environment.ProcessId}");
        await Task.Delay(TimeSpan.FromSeconds(args.Secs), cancellationToken);
        events.Write($"E {args.I} {EventFile.Now:F6}");
        return args.I;
    }
}

/// <param name="I">The job's number.</param>
/// <param name="Secs">How long, in seconds.</param>
internal sealed record NapArgs(int I, double Secs);
