namespace Molino.Jobs.BuiltIn;

/// <summary>Waits, and stops when asked, be it by the soft limit or by a cancel.</summary>
internal sealed class SleepHandler(TimeProvider time) : IJobHandler<SleepArgs, SleepResult>
{
    public async Task<SleepResult> RunAsync(SleepArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(TimeSpan.FromSeconds(args.Seconds), time, cancellationToken).ConfigureAwait(false);
        return new SleepResult(args.Seconds);
    }
}
