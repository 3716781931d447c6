using System.ComponentModel;
using Molino.Runtime.Filters;
using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>The base of generated references.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainProxy : GrainReference
{
    /// <summary>Initializes a new instance of the <see cref="GrainProxy"/> class.</summary>
    /// <param name="origin">What the references of this interface share.</param>
    /// <param name="key">The key of the grain.</param>
    protected GrainProxy(GrainReferenceOrigin origin, IdSpan key)
        : base(origin, key)
    {
    }

    /// <summary>Sends a call and returns its answer.</summary>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="call">The call with its arguments.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The answer to come.</returns>
    protected Task<TResult> SendAsync<TResult>(GrainCall<TResult> call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return Origin.Runtime.OutgoingFilters is { Length: > 0 } filters ? FilterAsync(call, filters, cancellationToken) : SendUnfiltered(call, cancellationToken);
    }

    /// <summary>Sends a call that nobody waits for.</summary>
    /// <param name="call">The call with its arguments.</param>
    /// <returns>A completed task.</returns>
    protected Task SendOneWayAsync(GrainRequest call)
    {
        ArgumentNullException.ThrowIfNull(call);
        if (Origin.Runtime.OutgoingFilters is { Length: > 0 } filters)
        {
            return new OutgoingCall(call, WithTarget(call), filters, () => Task.FromResult(SendUnfiltered(call))).Invoke();
        }

        SendUnfiltered(call);
        return Task.CompletedTask;
    }

    /// <summary>Returns a stream of the grain. Each enumeration opens it anew.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="makeCall">Makes the call that opens the stream.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The stream.</returns>
    protected IAsyncEnumerable<T> OpenStream<T>(Func<GrainStreamCall<T>> makeCall, CancellationToken cancellationToken = default) =>
        new GrainStream<T>(this, makeCall, GrainStream<T>.DefaultBatchSize, cancellationToken);

    /// <summary>Sends a call and returns its answer.</summary>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="call">The call with its arguments.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The answer to come.</returns>
    internal Task<TResult> CallAsync<TResult>(GrainCall<TResult> call, CancellationToken cancellationToken) => SendAsync(call, cancellationToken);

    private Task<TResult> SendUnfiltered<TResult>(GrainCall<TResult> call, CancellationToken cancellationToken)
    {
        var answer = call.ExpectAnswer();
        Origin.Runtime.Send(this, call, cancellationToken);
        return answer;
    }

    private object? SendUnfiltered(GrainRequest call)
    {
        Origin.Runtime.Send(this, call, CancellationToken.None);
        return null;
    }

    private async Task<TResult> FilterAsync<TResult>(GrainCall<TResult> call, Orleans.IOutgoingGrainCallFilter[] filters, CancellationToken cancellationToken)
    {
        var filtered = new OutgoingCall(call, WithTarget(call), filters, async () => Box(await SendUnfiltered(call, cancellationToken)));
        await filtered.Invoke();
        return filtered.Result is TResult result ? result : default!;
    }

    private GrainProxy WithTarget(GrainRequest call)
    {
        call.Target = this;
        return this;
    }

    private static object? Box<TResult>(TResult result) => result is NoResult ? null : result;
}
