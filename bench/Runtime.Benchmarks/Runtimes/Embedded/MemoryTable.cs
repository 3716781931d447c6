using Molino.Runtime.Membership;

namespace Molino.Runtime.Benchmarks;

/// <summary>A membership table in the memory of this process.</summary>
public sealed class MemoryTable : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloKey, long> _beats = [];
    private MembershipDocument _document = MembershipDocument.Empty;

    public Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(new MembershipSnapshot(_document, new Dictionary<SiloKey, long>(_beats)));
        }
    }

    public Task<bool> TryWriteAsync(MembershipDocument document, long expectedVersion, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_document.Version != expectedVersion)
            {
                return Task.FromResult(false);
            }

            _document = document;
            return Task.FromResult(true);
        }
    }

    public Task BeatAsync(SiloKey silo, long counter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _beats[silo] = counter;
            return Task.CompletedTask;
        }
    }
}
