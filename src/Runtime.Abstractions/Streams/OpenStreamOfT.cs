namespace Molino.Runtime.CodeGeneration;

/// <summary>A stream of a grain that somebody reads in batches.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
internal sealed class OpenStream<T> : OpenStream
{
    /// <summary>A read that finds nothing returns empty-handed after this time, so that no call lasts long.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly IAsyncEnumerator<T> _elements;
    private Task<bool>? _moving;

    public OpenStream(Func<CancellationToken, IAsyncEnumerable<T>> open, TimeProvider time)
    {
        _time = time;
        _elements = open(_end.Token).GetAsyncEnumerator(_end.Token);
        LastRead = time.GetTimestamp();
    }

    /// <summary>Reads elements: those that are there, or else the next one to come.</summary>
    /// <param name="batchSize">How many at most.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The elements; none when none came in time.</returns>
    public async Task<StreamBatch<T>> ReadAsync(int batchSize, CancellationToken cancellationToken)
    {
        LastRead = _time.GetTimestamp();
        var items = new List<T>();
        while (items.Count < batchSize)
        {
            _moving ??= _elements.MoveNextAsync().AsTask();
            if (!_moving.IsCompleted)
            {
                if (items.Count > 0 || !await ComesInTimeAsync(_moving, cancellationToken))
                {
                    break;
                }
            }
            else if (items.Count > 0 && !_moving.IsCompletedSuccessfully)
            {
                break; // what came before the error is delivered first
            }

            var hasMoved = await _moving;
            _moving = null;
            if (!hasMoved)
            {
                return new StreamBatch<T>([.. items], IsEnd: true);
            }

            items.Add(_elements.Current);
        }

        LastRead = _time.GetTimestamp();
        return new StreamBatch<T>([.. items], IsEnd: false);
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_moving is not null)
        {
            await ((Task)_moving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        await _elements.DisposeAsync();
        _end.Dispose();
    }

    private async Task<bool> ComesInTimeAsync(Task<bool> moving, CancellationToken cancellationToken)
    {
        try
        {
            await moving.WaitAsync(LongestWait, _time, cancellationToken);
            return true;
        }
        catch (TimeoutException) when (!moving.IsCompleted)
        {
            return false;
        }
    }
}
