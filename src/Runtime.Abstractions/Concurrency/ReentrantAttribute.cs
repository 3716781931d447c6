namespace Orleans.Concurrency;

/// <summary>Calls of this grain class may run between the turns of each other. One turn at a time still holds.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute
{
}
