using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.References;

/// <summary>Makes references through one interface to grains of one class.</summary>
internal sealed class InterfaceBinding(GrainReferenceOrigin origin, Func<GrainReferenceOrigin, IdSpan, GrainReference> factory)
{
    /// <summary>Makes a reference.</summary>
    /// <param name="key">The key of the grain.</param>
    /// <returns>The reference.</returns>
    public GrainReference Create(IdSpan key) => factory(origin, key);
}
