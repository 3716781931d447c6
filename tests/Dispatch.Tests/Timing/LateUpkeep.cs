using Molino.Core;
using Molino.Storage;

namespace Molino.Dispatch.Tests.Timing;

/// <summary>The store's upkeep, but for one duty that it never gets to: looking for jobs that are due. So whatever starts them, it is not the upkeep.</summary>
internal sealed class LateUpkeep(IStoreUpkeep inner) : IStoreUpkeep
{
    public Task<int> ExpireAsync(int max, CancellationToken cancellationToken) => inner.ExpireAsync(max, cancellationToken);

    public Task<IReadOnlyList<string>> PromoteDueAsync(int max, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<string>>([]);

    public Task<bool> SweepAsync(RetentionLimits limits, CancellationToken cancellationToken) => inner.SweepAsync(limits, cancellationToken);
}
