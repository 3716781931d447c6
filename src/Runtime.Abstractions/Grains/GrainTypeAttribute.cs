namespace Orleans;

/// <summary>The name of a grain class in identities. Without it: the class name in lower case without the ending <c>Grain</c>.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public sealed class GrainTypeAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="GrainTypeAttribute"/> class.</summary>
    /// <param name="grainType">The name; it stands in stored state, so never change it.</param>
    public GrainTypeAttribute(string grainType) => ArgumentException.ThrowIfNullOrWhiteSpace(grainType);
}
