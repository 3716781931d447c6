using Molino.Streams;

namespace Molino.Storage.Moving.Archive;

/// <summary>What is read through it is written to another stream as well.</summary>
internal sealed class PassingStream(Stream input, Stream output) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await input.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(buffer[..read], cancellationToken).ConfigureAwait(false);
        return read;
    }
}
