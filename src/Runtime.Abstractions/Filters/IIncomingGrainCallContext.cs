using Orleans.Runtime;

namespace Orleans;

/// <summary>A call at the callee.</summary>
public interface IIncomingGrainCallContext : IGrainCallContext
{
    /// <summary>Gets the activation that runs the call.</summary>
    IGrainContext TargetContext { get; }
}
