using Orleans.Runtime;

namespace Orleans;

/// <summary>A call at the caller.</summary>
public interface IOutgoingGrainCallContext : IGrainCallContext
{
    /// <summary>Gets the activation that calls, or null outside of grains.</summary>
    IGrainContext? SourceContext { get; }
}
