namespace Orleans.Concurrency;

/// <summary>This method may run between the turns of any other call, and any other between its own.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute
{
}
