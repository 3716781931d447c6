// Stand-ins until the runtime's own types land in this project.
#pragma warning disable CS1591
namespace Orleans
{
    [AttributeUsage(AttributeTargets.All)] public sealed class GenerateSerializerAttribute : Attribute;
    [AttributeUsage(AttributeTargets.All)] public sealed class ImmutableAttribute : Attribute;
    [AttributeUsage(AttributeTargets.All)] public sealed class IdAttribute(uint id) : Attribute { public uint Id { get; } = id; }
    [AttributeUsage(AttributeTargets.All)] public sealed class AliasAttribute(string alias) : Attribute { public string Alias { get; } = alias; }
    public interface IGrainWithStringKey;
}
namespace Orleans.Concurrency
{
    [AttributeUsage(AttributeTargets.Method)] public sealed class OneWayAttribute : Attribute;
    [AttributeUsage(AttributeTargets.Method)] public sealed class AlwaysInterleaveAttribute : Attribute;
}
