namespace Molino.Runtime.CodeGeneration;

/// <summary>The open streams of one activation. Used on its turns.</summary>
/// <param name="time">The clock.</param>
/// <param name="aborts">Hostile mode: tells whether a read finds its stream gone; null in peace.</param>
internal sealed class StreamTable(TimeProvider time, Func<bool>? aborts)
{
    /// <summary>How long a stream that nobody reads is kept.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(2);

    private readonly Dictionary<Guid, OpenStream> _streams = [];

    /// <summary>Opens a stream.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="id">Its id.</param>
    /// <param name="open">Calls the grain.</param>
    /// <returns>The stream.</returns>
    public OpenStream<T> Add<T>(Guid id, Func<CancellationToken, IAsyncEnumerable<T>> open)
    {
        foreach (var (old, stream) in _streams.Where(pair => time.GetElapsedTime(pair.Value.LastRead) > LongestPause).ToList())
        {
            _streams.Remove(old);
            _ = EndAsync(stream);
        }

        var made = new OpenStream<T>(open, time);
        _streams.Add(id, made);
        return made;
    }

    /// <summary>Finds a stream.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="id">Its id.</param>
    /// <returns>The stream, or null.</returns>
    public OpenStream<T>? Find<T>(Guid id)
    {
        if (aborts?.Invoke() == true && _streams.Remove(id, out var aborted))
        {
            _ = EndAsync(aborted);
        }

        return _streams.GetValueOrDefault(id) as OpenStream<T>;
    }

    /// <summary>Ends a stream.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>A task.</returns>
    public Task EndAsync(Guid id) => _streams.Remove(id, out var stream) ? EndAsync(stream) : Task.CompletedTask;

    /// <summary>Ends all streams.</summary>
    /// <returns>A task.</returns>
    public async Task EndAllAsync()
    {
        foreach (var stream in _streams.Values.ToList())
        {
            await stream.DisposeAsync();
        }

        _streams.Clear();
    }

    private static async Task EndAsync(OpenStream stream) => await stream.DisposeAsync();
}
