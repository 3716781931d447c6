namespace Molino.Bench;

/// <summary>The store that silos of a scenario use: empty at first, gone after it.</summary>
internal abstract class BenchStore : IAsyncDisposable
{
    /// <summary>What a silo is told of it.</summary>
    /// <param name="folder">The silo's folder.</param>
    /// <param name="siloPort">A free port, for stores that silos share.</param>
    public abstract IReadOnlyList<string> Settings(string folder, int siloPort);

    /// <summary>Bytes that it uses: files, or memory of the server.</summary>
    /// <param name="folder">The silo's folder; the silo has stopped.</param>
    public abstract Task<long> BytesAsync(string folder);

    public abstract ValueTask DisposeAsync();
}
