namespace Molino.Runtime.CodeGeneration;

/// <summary>A stream of a grain that somebody reads. See <see cref="OpenStream{T}"/>.</summary>
internal abstract class OpenStream : IAsyncDisposable
{
    /// <summary>Gets or sets the timestamp of the last read.</summary>
    public long LastRead { get; protected set; }

    /// <summary>Cancels what the grain does for the stream, and disposes it.</summary>
    /// <returns>A task.</returns>
    public abstract ValueTask DisposeAsync();
}
