using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.Activations;

/// <summary>Finds who takes the calls of the references that share it.</summary>
internal abstract class GrainRoute
{
    /// <summary>Finds who takes calls.</summary>
    /// <param name="reference">The reference.</param>
    /// <returns>The target, or null when the silo makes no activations any more.</returns>
    /// <exception cref="SiloUnavailableException">Nobody can be reached now.</exception>
    public abstract GrainTarget? Find(GrainReference reference);
}
