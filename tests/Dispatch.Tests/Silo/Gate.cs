namespace Molino.Dispatch.Tests;

/// <summary>Where a handler stands until the test opens: says that it has come, why it was told to stop, and that it has left.</summary>
public sealed class Gate(bool obeys)
{
    private readonly TaskCompletionSource<IJobContext> _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StopReason> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the first handler has come.</summary>
    public Task<IJobContext> Entered => _entered.Task.WaitAsync(Patience.Limit);

    /// <summary>Completes when a handler was told to stop, with the reason.</summary>
    public Task<StopReason> Stopped => _stopped.Task.WaitAsync(Patience.Limit);

    public void Open() => _open.TrySetResult();

    public async Task<string?> PassAsync(IJobContext context, CancellationToken cancellationToken)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellationToken.Register(() =>
        {
            _stopped.TrySetResult(context.StopReason);
            told.TrySetResult();
        });
        _entered.TrySetResult(context);
        if (obeys) await Task.WhenAny(_open.Task, told.Task);
        else await _open.Task;
        if (!_open.Task.IsCompleted) cancellationToken.ThrowIfCancellationRequested();
        return "passed";
    }
}
