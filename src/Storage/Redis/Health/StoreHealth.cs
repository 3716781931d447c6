using Molino.Core;

namespace Molino.Storage.Redis.Health;

/// <summary>What the store says about itself. Times are the machine's, not the store's.</summary>
internal sealed class StoreHealth
{
    private readonly Lock _gate = new();
    private volatile StoreCondition _condition = new(false, ErrorCodes.StoreUnavailable, "The store is not open yet.", TimeProvider.System.GetUtcNow());

    /// <summary>The condition now.</summary>
    public StoreCondition Condition => _condition;

    /// <summary>The store works.</summary>
    /// <returns>Whether it did not before.</returns>
    public bool Ready() => Set(true, null, null);

    /// <summary>The store does not work.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Failed(StoreException error) => Set(false, error.Code, error.Message);

    private bool Set(bool ready, string? code, string? message)
    {
        lock (_gate)
        {
            var now = _condition;

            // A silo that was removed stays so; it comes back as another.
            if (string.Equals(now.Code, ErrorCodes.SiloRemoved, StringComparison.Ordinal)) return false;
            if (now.Ready == ready && string.Equals(now.Code, code, StringComparison.Ordinal)) return false;
            _condition = new StoreCondition(ready, code, message, TimeProvider.System.GetUtcNow());
            return true;
        }
    }
}
