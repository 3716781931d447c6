namespace Molino.Chaos.Silo;

/// <summary>Takes its time, fails as often as told, and writes down what it sees.</summary>
internal sealed class WorkHandler(WorkJournal journal, TimeProvider time) : IJobHandler<WorkArgs, WorkResult>
{
    private const int BeatMilliseconds = 100;

    public async Task<WorkResult> RunAsync(WorkArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        var run = journal.NewRun();
        journal.Write(WorkKind.Start, context, run);
        try
        {
            for (var left = args.Milliseconds; left > 0; left -= BeatMilliseconds)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(left, BeatMilliseconds)), time, cancellationToken);
                if (left > BeatMilliseconds) journal.Write(WorkKind.Beat, context, run);
            }
        }
        catch (OperationCanceledException)
        {
            journal.Write(WorkKind.End, context, run, context.StopReason.ToString());
            throw;
        }

        var fails = context.Attempt <= args.Fails;
        journal.Write(WorkKind.End, context, run, fails ? WorkRecord.Failed : WorkRecord.Ok);
        return fails ? throw new InvalidOperationException($"Attempt {context.Attempt} of {args.Fails} that fail.") : new WorkResult(run);
    }
}
