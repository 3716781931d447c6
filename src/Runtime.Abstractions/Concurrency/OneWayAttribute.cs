namespace Orleans.Concurrency;

/// <summary>The caller does not wait for this method: no answer, no error, no promise of delivery or order.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute
{
}
