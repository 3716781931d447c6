using System.ComponentModel;
using Molino.Runtime.Wire;
using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>The call that reads on in a grain's stream, or, with a batch size of 0, ends it.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="method">The facts.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GrainStreamNext<T>(GrainMethod method) : GrainCall<StreamBatch<T>>
{
    /// <inheritdoc/>
    public override GrainMethod Method => method;

    /// <summary>Gets or sets the id of the stream.</summary>
    public Guid StreamId { get; set; }

    /// <summary>Gets or sets how many elements to return at most; 0 to end the stream.</summary>
    public int BatchSize { get; set; }

    /// <inheritdoc/>
    public override void WriteArguments(WireWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Field(0, StreamId);
        writer.Field(1, BatchSize);
    }

    /// <inheritdoc/>
    public override void ReadArguments(ref WireReader reader)
    {
        var isEnd = false;
        while (reader.NextField(out var id, out var kind, ref isEnd))
        {
            switch (id)
            {
                case 0:
                    StreamId = reader.Value<Guid>(kind);
                    break;
                case 1:
                    BatchSize = reader.Value<int>(kind);
                    break;
                default:
                    reader.Skip(kind);
                    break;
            }
        }

        reader.SkipRest(isEnd);
    }

    /// <summary>Copies elements.</summary>
    /// <param name="batch">The elements.</param>
    /// <param name="context">Makes the copies.</param>
    /// <returns>The copies.</returns>
    internal static StreamBatch<T> Copy(StreamBatch<T> batch, Copying.CopyContext context) => batch with { Items = [.. batch.Items.Select(item => context.Copy(item))] };

    /// <inheritdoc/>
    protected override async ValueTask<StreamBatch<T>> InvokeAsync(object grain, CancellationToken cancellationToken)
    {
        var streams = IActivation.Current!.Streams;
        if (BatchSize <= 0)
        {
            await streams.EndAsync(StreamId);
            return new StreamBatch<T>([], IsEnd: true);
        }

        return streams.Find<T>(StreamId) is { } stream
            ? await stream.ReadAsync(BatchSize, cancellationToken)
            : throw new EnumerationAbortedException($"The stream is gone: its grain was deactivated, moved, or the stream was not read for {StreamTable.LongestPause}. Enumerate again, from where you were.");
    }

    /// <inheritdoc/>
    protected override StreamBatch<T> CopyResult(StreamBatch<T> result, Copying.CopyContext context) => Copy(result, context);
}
