using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Molino.Hosting;

/// <summary>See <see cref="IJobTypeRegistry"/>.</summary>
internal sealed class JobTypeRegistry : IJobTypeRegistry
{
    private readonly FrozenDictionary<string, JobType> _types;

    /// <exception cref="ArgumentException">Two handlers claim one name.</exception>
    public JobTypeRegistry(IEnumerable<JobType> types)
    {
        var byName = new Dictionary<string, JobType>(StringComparer.Ordinal);
        foreach (var type in types)
        {
            if (!byName.TryAdd(type.Name, type)) throw new ArgumentException($"Two handlers are registered for the job type '{type.Name}'.", nameof(types));
        }

        _types = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyCollection<JobType> Types => _types.Values;

    public bool TryGet(string name, [NotNullWhen(true)] out JobType? type) => _types.TryGetValue(name, out type);
}
