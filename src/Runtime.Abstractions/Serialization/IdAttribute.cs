namespace Orleans;

/// <summary>The number of a member on the wire. Never renumber, never reuse.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class IdAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="IdAttribute"/> class.</summary>
    /// <param name="id">The number, unique within the type that declares the member.</param>
    public IdAttribute(uint id) => Id = id;

    /// <summary>Gets the number.</summary>
    public uint Id { get; }
}
