namespace Orleans;

/// <summary>The name on the wire, so that the .NET name may change.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Method | AttributeTargets.Interface,
    AllowMultiple = true)]
public sealed class AliasAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="AliasAttribute"/> class.</summary>
    /// <param name="alias">The name, unique among all types, such as <c>job.attempt-failed.v1</c>.</param>
    public AliasAttribute(string alias) => Alias = alias;

    /// <summary>Gets the name.</summary>
    public string Alias { get; }
}
