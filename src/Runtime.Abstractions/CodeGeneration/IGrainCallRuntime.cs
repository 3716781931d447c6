using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>The silo as references see it.</summary>
internal interface IGrainCallRuntime
{
    /// <summary>Gets the filters that calls go through before they are sent.</summary>
    Orleans.IOutgoingGrainCallFilter[] OutgoingFilters { get; }

    /// <summary>Sends a call. Never throws: errors are the call's answer.</summary>
    /// <param name="target">The reference called.</param>
    /// <param name="request">The call.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    void Send(GrainReference target, GrainRequest request, CancellationToken cancellationToken);

    /// <summary>Makes a reference.</summary>
    /// <param name="interfaceType">The grain interface.</param>
    /// <param name="grainId">The identity.</param>
    /// <returns>The reference.</returns>
    object CreateReference(Type interfaceType, GrainId grainId);

    /// <summary>Makes a reference that another silo has sent.</summary>
    /// <param name="declaredType">The declared type.</param>
    /// <param name="interfaceName">The interface that the sender called through, or null.</param>
    /// <param name="grainId">The identity.</param>
    /// <returns>The reference.</returns>
    object CreateReference(Type declaredType, string? interfaceName, GrainId grainId);
}
