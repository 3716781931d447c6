namespace Molino;

/// <summary>Names the job type of an arguments record, so that a submit and a handler need not repeat it.</summary>
/// <param name="name">The type's name: <c>[a-z0-9][a-z0-9._-]{0,99}</c>.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class JobTypeAttribute(string name) : Attribute
{
    /// <summary>The type's name.</summary>
    public string Name { get; } = name;
}
