namespace Orleans.Runtime;

/// <summary>Marks a constructor parameter of type <see cref="IPersistentState{TState}"/>.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public class PersistentStateAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="PersistentStateAttribute"/> class.</summary>
    /// <param name="stateName">The name of the state, unique within the grain class.</param>
    /// <param name="storageName">The name of the storage provider; null for the one named <c>Default</c>.</param>
    public PersistentStateAttribute(string stateName, string? storageName = null)
    {
        ArgumentNullException.ThrowIfNull(stateName);
        StateName = stateName;
        StorageName = storageName;
    }

    /// <summary>Gets the name of the state.</summary>
    public string StateName { get; }

    /// <summary>Gets the name of the storage provider, or null for the default.</summary>
    public string? StorageName { get; }
}
