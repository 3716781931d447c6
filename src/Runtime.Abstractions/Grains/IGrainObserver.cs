using Orleans.Runtime;

namespace Orleans;

/// <summary>The root of observer interfaces: objects outside of grains that grains call back. Their methods return <c>void</c> or a task.</summary>
public interface IGrainObserver : IAddressable
{
}
