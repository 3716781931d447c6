using Molino.Runtime.Activations;
using Orleans.Runtime;

namespace Molino.Runtime.Storage;

/// <summary>Makes the states of one constructor parameter.</summary>
internal abstract class PersistentStateFactory
{
    /// <summary>Makes the state of an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="services">Its services.</param>
    /// <param name="attribute">Names of state and provider.</param>
    /// <returns>The state, unread.</returns>
    public abstract object Create(Activation activation, IServiceProvider services, PersistentStateAttribute attribute);
}
