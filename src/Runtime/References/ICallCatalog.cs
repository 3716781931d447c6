using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.References;

/// <summary>What calls that arrive can be addressed to.</summary>
internal interface ICallCatalog
{
    /// <summary>Makes an empty call of a method.</summary>
    /// <param name="wireId">The number of the method on the wire.</param>
    /// <returns>The call, or null when there is no such method.</returns>
    GrainRequest? CreateCall(ulong wireId);

    /// <summary>Makes the reference that a call goes through.</summary>
    /// <param name="grainId">The grain or observer.</param>
    /// <param name="request">The call.</param>
    /// <returns>The reference.</returns>
    GrainReference ReferenceTo(GrainId grainId, GrainRequest request);
}
