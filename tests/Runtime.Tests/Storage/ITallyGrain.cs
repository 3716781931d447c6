using Orleans;

namespace Molino.Runtime.Tests.Storage;

public interface ITallyGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int amount, string note);

    Task<(int Value, int Notes, bool Exists, bool HasEtag)> ReadAsync();

    /// <summary>Changes memory without writing.</summary>
    Task ForgetToWriteAsync(int value);

    Task ClearAsync();

    Task<bool> AddOrReloadAsync(int amount);

    Task LeaveAsync();
}
