namespace Orleans.Core;

/// <summary>The stored state of a grain. To be used from within the grain's own turns.</summary>
/// <typeparam name="TState">The type of the value.</typeparam>
public interface IStorage<TState> : IStorage
{
    /// <summary>Gets or sets the value in memory; it is stored by <see cref="IStorage.WriteStateAsync()"/>.</summary>
    TState State { get; set; }
}
