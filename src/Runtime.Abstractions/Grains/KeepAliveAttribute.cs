namespace Orleans;

/// <summary>Activations of this grain class are never collected for idleness.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class KeepAliveAttribute : Attribute
{
}
