namespace Molino.Jobs.SqlLab;

/// <summary>Keeps telling a database to stop a query until it confirms that the query is gone, for a bounded time.</summary>
internal sealed class StopConfirmation(string database, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    /// <summary>Tries until confirmed.</summary>
    /// <param name="queryId">The query.</param>
    /// <param name="budget">How long to try.</param>
    /// <param name="tryStop">Asks once, given how long it has been tried; true when the query is gone. A failure counts as "not confirmed" and is tried again.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="StopUnconfirmedException">The budget is used up; its cause is the last failure.</exception>
    public async Task RunAsync(string queryId, TimeSpan budget, Func<TimeSpan, CancellationToken, Task<bool>> tryStop, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(budget, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var started = time.GetTimestamp();
        var pause = FirstPause;
        Exception? last = null;
        try
        {
            while (true)
            {
                try
                {
                    if (await tryStop(time.GetElapsedTime(started), both.Token).ConfigureAwait(false)) return;
                }
                catch (Exception error) when (error is not OperationCanceledException || !both.IsCancellationRequested)
                {
                    last = error;
                }

                await Task.Delay(pause, time, both.Token).ConfigureAwait(false);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            throw new StopUnconfirmedException(database, queryId, budget, last);
        }
    }
}
