using System.Diagnostics.CodeAnalysis;

namespace Molino;

/// <summary>The job types that this silo knows. Fixed when the host starts; no handler can be named that is not in it.</summary>
public interface IJobTypeRegistry
{
    /// <summary>All types, by name.</summary>
    IReadOnlyCollection<JobType> Types { get; }

    /// <summary>Finds a type.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type, when the answer is true.</param>
    bool TryGet(string name, [NotNullWhen(true)] out JobType? type);
}
