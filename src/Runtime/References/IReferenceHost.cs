using Molino.Runtime.Observers;
using Orleans.Runtime;

namespace Molino.Runtime.References;

/// <summary>The silo or client as the factory of references sees it.</summary>
internal interface IReferenceHost
{
    /// <summary>Gets the services of the host.</summary>
    IServiceProvider Services { get; }

    /// <summary>Gets the objects of this process that others call back.</summary>
    ObserverTable Observers { get; }

    /// <summary>Finds how to make references through an interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="classNamePrefix">The start of the class's full name, or null.</param>
    /// <returns>The binding.</returns>
    InterfaceBinding Bind(Type interfaceType, string? classNamePrefix);

    /// <summary>Makes a reference.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="grainId">The identity.</param>
    /// <returns>The reference.</returns>
    object CreateReference(Type interfaceType, GrainId grainId);

    /// <summary>Makes the identity of an object of this process.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The identity.</returns>
    ObserverId ObserverIdOf(string id);
}
