namespace Molino.Streams;

/// <summary>
/// A stream that is read from its beginning to its end, asynchronously: a derived class says how in <see cref="ReadAsync(Memory{byte}, CancellationToken)"/>.
/// Seeking, writing and asking for the length or position throw <see cref="NotSupportedException"/>.
/// </summary>
public abstract class ReadOnlyStream : Stream
{
    /// <summary>True.</summary>
    public sealed override bool CanRead => true;

    /// <summary>False.</summary>
    public sealed override bool CanSeek => false;

    /// <summary>False.</summary>
    public sealed override bool CanWrite => false;

    /// <summary>Not known before the end.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override long Length => throw new NotSupportedException();

    /// <summary>Cannot be asked for or set.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public sealed override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>Reads on this thread, where a derived class can.</summary>
    /// <param name="buffer">Where to put what is read.</param>
    /// <param name="offset">From where in the buffer.</param>
    /// <param name="count">At most so many bytes.</param>
    /// <returns>How many bytes were read; 0 at the end.</returns>
    /// <exception cref="NotSupportedException">The stream is read asynchronously only.</exception>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read asynchronously.");

    /// <summary>Does nothing: nothing is ever written.</summary>
    public sealed override void Flush()
    {
    }

    /// <summary>Does nothing: nothing is ever written.</summary>
    /// <param name="cancellationToken">Is not looked at.</param>
    public sealed override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Cannot be done.</summary>
    /// <param name="offset">Where to.</param>
    /// <param name="origin">From where.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <summary>Cannot be done.</summary>
    /// <param name="value">The length.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Cannot be done.</summary>
    /// <param name="buffer">What to write.</param>
    /// <param name="offset">From where in it.</param>
    /// <param name="count">How many bytes.</param>
    /// <exception cref="NotSupportedException">Always.</exception>
    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
