namespace Molino.Storage.Sqlite.Writing;

/// <summary>A piece of work with an answer.</summary>
internal sealed class WriteItem<T>(Func<WriteSession, T> work) : WriteItem
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    /// <summary>The answer, after the commit.</summary>
    public Task<T> Answer => _answer.Task;

    /// <inheritdoc/>
    public override void Execute(WriteSession session) => _result = work(session);

    /// <inheritdoc/>
    public override void Complete() => _answer.TrySetResult(_result);

    /// <inheritdoc/>
    public override void Fail(Exception error) => _answer.TrySetException(error);
}
