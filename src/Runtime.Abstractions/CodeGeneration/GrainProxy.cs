using System.ComponentModel;
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
        var answer = call.ExpectAnswer();
        Origin.Runtime.Send(this, call, cancellationToken);
        return answer;
    }

    /// <summary>Sends a call that nobody waits for.</summary>
    /// <param name="call">The call with its arguments.</param>
    /// <returns>A completed task.</returns>
    protected Task SendOneWayAsync(GrainRequest call)
    {
        ArgumentNullException.ThrowIfNull(call);
        Origin.Runtime.Send(this, call, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Returns a stream of the grain. Each enumeration opens it anew.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="makeCall">Makes the call that opens the stream.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The stream.</returns>
    protected IAsyncEnumerable<T> OpenStream<T>(Func<GrainStreamCall<T>> makeCall, CancellationToken cancellationToken = default) =>
        new GrainStream<T>(this, makeCall, cancellationToken, GrainStream<T>.DefaultBatchSize);

    /// <summary>Sends a call and returns its answer.</summary>
    /// <typeparam name="TResult">The type of the answer.</typeparam>
    /// <param name="call">The call with its arguments.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <returns>The answer to come.</returns>
    internal Task<TResult> CallAsync<TResult>(GrainCall<TResult> call, CancellationToken cancellationToken) => SendAsync(call, cancellationToken);
}
