using System.ComponentModel;

namespace Molino.Runtime.CodeGeneration;

/// <summary>The call that opens a grain's stream and returns its first elements.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainStreamCall<T> : GrainCall<StreamBatch<T>>
{
    /// <summary>Gets the facts about the calls that read on.</summary>
    public abstract GrainMethod NextMethod { get; }

    /// <summary>Gets or sets the id of the stream, made by the reader.</summary>
    public Guid StreamId { get; set; }

    /// <summary>Gets or sets how many elements a read returns at most.</summary>
    public int BatchSize { get; set; }

    /// <summary>Calls the method on the grain.</summary>
    /// <param name="grain">The grain object.</param>
    /// <param name="cancellationToken">The stream's token.</param>
    /// <returns>The stream.</returns>
    protected abstract IAsyncEnumerable<T> Open(object grain, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override ValueTask<StreamBatch<T>> InvokeAsync(object grain, CancellationToken cancellationToken) =>
        new(Streams.Add(StreamId, token => Open(grain, token)).ReadAsync(BatchSize, cancellationToken));

    /// <inheritdoc/>
    protected sealed override StreamBatch<T> CopyResult(StreamBatch<T> result, Copying.CopyContext context) => GrainStreamNext<T>.Copy(result, context);

    private static StreamTable Streams => (IActivation.Current ?? throw new InvalidOperationException("Streams come from grains, not from observers.")).Streams;
}
