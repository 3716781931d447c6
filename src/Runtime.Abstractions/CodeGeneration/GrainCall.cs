using System.ComponentModel;
using Molino.Runtime.Wire;

namespace Molino.Runtime.CodeGeneration;

/// <summary>A call with an answer of type <typeparamref name="TResult"/>.</summary>
/// <typeparam name="TResult">The type of the answer; <see cref="NoResult"/> for methods without one.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainCall<TResult> : GrainRequest
{
    private const byte Succeeded = 0;
    private const byte Failed = 1;

    private TaskCompletionSource<TResult>? _answer;
    private Task<TResult>? _invocation;
    private TResult? _result;

    /// <inheritdoc/>
    internal override bool IsAnswered => Sink is { } sink ? sink.IsAnswered : _answer is { Task.IsCompleted: true };

    /// <inheritdoc/>
    internal override Exception? InvocationError => _invocation is { IsCompletedSuccessfully: false } failed ? ErrorOf(failed) : null;

    /// <summary>Calls the method on the grain.</summary>
    /// <param name="grain">The grain object.</param>
    /// <param name="cancellationToken">The callee's own token.</param>
    /// <returns>The answer to come.</returns>
    protected abstract ValueTask<TResult> InvokeAsync(object grain, CancellationToken cancellationToken);

    /// <summary>Copies an answer.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="context">Makes the copy.</param>
    /// <returns>The copy; the answer itself where the type cannot change.</returns>
    protected virtual TResult CopyResult(TResult result, Copying.CopyContext context) => result;

    /// <summary>Prepares the task that the caller awaits.</summary>
    /// <returns>The task.</returns>
    internal Task<TResult> ExpectAnswer()
    {
        _answer = new TaskCompletionSource<TResult>(TaskCreationOptions.RunContinuationsAsynchronously);
        return _answer.Task;
    }

    /// <inheritdoc/>
    internal override bool Invoke(object grain)
    {
        _invocation = null;
        try
        {
            var pending = InvokeAsync(grain, Cancellation?.Token ?? CancellationToken.None);
            if (pending.IsCompletedSuccessfully)
            {
                _result = pending.GetAwaiter().GetResult();
                return true;
            }

            _invocation = pending.AsTask();
            return _invocation.IsCompleted;
        }
#pragma warning disable CA1031 // Whatever the grain throws is the caller's answer.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _invocation = Task.FromException<TResult>(error);
            return true;
        }
    }

    /// <inheritdoc/>
    internal override bool Invoke(object grain, Orleans.Runtime.IGrainContext context, Orleans.IIncomingGrainCallFilter[] filters)
    {
        _invocation = FilterAsync(grain, context, filters);
        return _invocation.IsCompleted;
    }

    /// <inheritdoc/>
    internal override void WhenInvoked(ITurnHost host) =>
        _invocation!.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() => host.OnInvocationCompleted(this));

    /// <inheritdoc/>
    internal override bool TryAnswer(Copying.CopyContext? copies)
    {
        if (Sink is { } sink)
        {
            return sink.TryAnswer(this);
        }

        if (_answer is null)
        {
            return false;
        }

        if (_invocation is null)
        {
            return TrySetResult(_result!, copies);
        }

        if (_invocation.IsCanceled)
        {
            return TryFail(ErrorOf(_invocation));
        }

        return _invocation.Exception is { } error
            ? _answer.TrySetException(error.InnerExceptions)
            : TrySetResult(_invocation.GetAwaiter().GetResult(), copies);
    }

    /// <inheritdoc/>
    internal override bool TryFail(Exception error)
    {
        if (Sink is { } sink)
        {
            return sink.TryFail(error);
        }

        if (_answer is null)
        {
            return false;
        }

        return error is OperationCanceledException cancelled ? TryCancel(_answer, cancelled) : _answer.TrySetException(error);
    }

    /// <inheritdoc/>
    internal override void WriteOutcome(WireWriter writer)
    {
        if (InvocationError is { } error)
        {
            writer.Byte(Failed);
            writer.Value(error);
        }
        else
        {
            writer.Byte(Succeeded);
            writer.Value(_invocation is null ? _result! : _invocation.GetAwaiter().GetResult());
        }
    }

    /// <inheritdoc/>
    internal override void ReadOutcome(ref WireReader reader)
    {
        if (reader.Byte() == Succeeded)
        {
            _result = reader.Value<TResult>();
            _invocation = null;
        }
        else
        {
            _invocation = Task.FromException<TResult>(reader.Value<Exception>());
        }
    }

    private async Task<TResult> FilterAsync(object grain, Orleans.Runtime.IGrainContext context, Orleans.IIncomingGrainCallFilter[] filters)
    {
        var call = new Filters.IncomingCall(this, grain, context, filters, RunAsync);
        await call.Invoke();
        return call.Result is TResult result ? result : default!;

        async Task<object?> RunAsync()
        {
            var answer = await InvokeAsync(grain, Cancellation?.Token ?? CancellationToken.None);
            return answer is NoResult ? null : answer;
        }
    }

    private static bool TryCancel(TaskCompletionSource<TResult> answer, OperationCanceledException cancelled) =>
        cancelled.CancellationToken.IsCancellationRequested
            ? answer.TrySetCanceled(cancelled.CancellationToken)
            : answer.TrySetException(cancelled);

    private static Exception ErrorOf(Task task)
    {
        try
        {
            task.GetAwaiter().GetResult();
            return new InvalidOperationException("The invocation has not failed.");
        }
#pragma warning disable CA1031 // The error is returned.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return error;
        }
    }

    private bool TrySetResult(TResult result, Copying.CopyContext? copies)
    {
        if (copies is null)
        {
            return _answer!.TrySetResult(result);
        }

        try
        {
            return _answer!.TrySetResult(CopyResult(result, copies));
        }
#pragma warning disable CA1031 // An answer that cannot be copied fails the call, not the activation.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return _answer!.TrySetException(error);
        }
    }
}
