using Molino.Core;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.Health;

/// <summary>What the store says about itself.</summary>
internal sealed class StoreHealth(string path, TimeProvider time)
{
    private readonly Lock _gate = new();
    private volatile StoreCondition _condition = new(false, ErrorCodes.StoreUnavailable, "The store is not open yet.", time.GetUtcNow());

    /// <summary>The condition now.</summary>
    public StoreCondition Condition => _condition;

    /// <summary>Whether damage was seen. It stays so until the store is opened again: nothing is written to a damaged file.</summary>
    public bool IsCorrupt { get; private set; }

    /// <summary>The store works.</summary>
    public void Ready() => Set(true, null, null);

    /// <summary>The store works, and its disk is close to the mark, or is no more.</summary>
    /// <param name="warning">What to say about it; null when it is not close.</param>
    public void Near(string? warning) => Set(true, warning is null ? null : ErrorCodes.StoreNearlyFull, warning);

    /// <summary>The store is being opened: damage seen before may have been repaired.</summary>
    public void Opening()
    {
        lock (_gate) IsCorrupt = false;
    }

    /// <summary>Damage was found in a record. Counts for the whole store.</summary>
    public void NoteDamage(StoreException error)
    {
        if (string.Equals(error.Code, ErrorCodes.StoreCorrupt, StringComparison.Ordinal)) Failed(error);
    }

    /// <summary>A read failed. Damage counts for the whole store; other errors may be of that connection only.</summary>
    public void NoteRead(SqliteFailure failure)
    {
        if (string.Equals(failure.ErrorCode, ErrorCodes.StoreCorrupt, StringComparison.Ordinal)) Failed(failure);
    }

    /// <summary>The store does not work.</summary>
    public void Failed(SqliteFailure failure)
    {
        var error = failure.ToStoreException(path);
        Set(false, error.Code, error.Message);
    }

    /// <summary>The store does not work.</summary>
    public void Failed(StoreException error) => Set(false, error.Code, error.Message);

    /// <summary>The exception that says why the store does not work.</summary>
    public StoreException ToException()
    {
        var condition = _condition;
        return new StoreException(condition.Code ?? ErrorCodes.StoreUnavailable, condition.Message ?? $"The store {path} does not answer.");
    }

    private void Set(bool ready, string? code, string? message)
    {
        lock (_gate)
        {
            if (IsCorrupt) return;
            IsCorrupt = string.Equals(code, ErrorCodes.StoreCorrupt, StringComparison.Ordinal);
            var now = _condition;
            if (now.Ready == ready && string.Equals(now.Code, code, StringComparison.Ordinal)) return;
            _condition = new StoreCondition(ready, code, message, time.GetUtcNow());
        }
    }
}
