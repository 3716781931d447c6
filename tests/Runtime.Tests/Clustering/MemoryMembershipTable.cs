using Molino.Runtime.Membership;

namespace Molino.Runtime.Tests.Clustering;

/// <summary>A membership table in the memory of the tests' process. May be told not to answer, to all or to some silos.</summary>
public sealed class MemoryMembershipTable : IMembershipTable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SiloKey, long> _beats = [];
    private MembershipDocument _document = MembershipDocument.Empty;

    public bool IsSilent { get; set; }

    /// <summary>Names of silos whose beats get lost on the way.</summary>
    public HashSet<string> Deaf { get; } = [];

    /// <summary>Names of silos that may not join again, as a store refuses whom it has fenced.</summary>
    public HashSet<string> Fenced { get; } = [];

    public MembershipDocument Document => _document;

    /// <summary>Loses all that was written since a document, as a store does that is restored from its backup.</summary>
    public void GoBackTo(MembershipDocument document)
    {
        lock (_lock)
        {
            _document = document;
        }
    }

    public Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return IsSilent ? Task.FromException<MembershipSnapshot>(Silent()) : Task.FromResult(new MembershipSnapshot(_document, new Dictionary<SiloKey, long>(_beats)));
        }
    }

    public Task<bool> TryWriteAsync(MembershipDocument document, long expectedVersion, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsSilent)
            {
                return Task.FromException<bool>(Silent());
            }

            if (document.Members.FirstOrDefault(member => Fenced.Contains(member.Name)) is { } fenced)
            {
                return Task.FromException<bool>(new InvalidOperationException($"Silo {fenced.Name} has been removed."));
            }

            if (_document.Version != expectedVersion)
            {
                return Task.FromResult(false);
            }

            document.Version.ShouldBe(expectedVersion + 1);
            _document = MembershipDocument.FromJson(document.ToJson());
            return Task.FromResult(true);
        }
    }

    public Task BeatAsync(SiloKey silo, long counter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (IsSilent)
            {
                return Task.FromException(Silent());
            }

            if (!Deaf.Contains(silo.Name))
            {
                _beats[silo] = counter;
            }

            return Task.CompletedTask;
        }
    }

    private static TimeoutException Silent() => new("The table was told not to answer.");
}
