using System.Collections.Concurrent;
using Molino.Storage.Sqlite.Health;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Reading;

/// <summary>A few connections for reading. Each read is a short transaction of its own and sees all that was committed before it began.</summary>
internal sealed class ReaderPool(StoreFile file, Func<NameTable> names, int size, StoreHealth health) : IDisposable
{
    private readonly SemaphoreSlim _free = new(size, size);
    private readonly ConcurrentBag<StoreReader> _idle = [];
    private bool _closed;

    /// <summary>Runs a read of a few rows on the caller's thread.</summary>
    public async Task<T> ReadAsync<T>(Func<StoreReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return Read(read);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Runs a read that may take milliseconds, off the caller's thread.</summary>
    public async Task<T> ScanAsync<T>(Func<StoreReader, T> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Read(read), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var reader)) reader.Dispose();
    }

    private T Read<T>(Func<StoreReader, T> read)
    {
        StoreReader? reader = null;
        var ok = false;
        try
        {
            if (!_idle.TryTake(out reader)) reader = new StoreReader(file.OpenForReading(), names);
            reader.Begin();
            var result = read(reader);
            reader.End();
            ok = true;
            return result;
        }
        catch (SqliteFailure failure)
        {
            health.NoteRead(failure);
            throw failure.ToStoreException(file.Path);
        }
        catch (StoreException error)
        {
            health.NoteDamage(error);
            throw;
        }
        finally
        {
            if (ok && !_closed) _idle.Add(reader!);
            else reader?.Dispose();
        }
    }
}
