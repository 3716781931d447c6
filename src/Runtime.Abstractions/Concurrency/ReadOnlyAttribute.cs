namespace Orleans.Concurrency;

/// <summary>This method changes nothing: calls of such methods may run between the turns of each other.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute
{
}
