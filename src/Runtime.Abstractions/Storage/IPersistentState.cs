using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A named state of a grain, injected by <see cref="PersistentStateAttribute"/> and read before activation.</summary>
/// <typeparam name="TState">The type of the value.</typeparam>
public interface IPersistentState<TState> : IStorage<TState>
{
}
