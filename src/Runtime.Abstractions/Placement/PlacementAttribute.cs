namespace Orleans.Placement;

/// <summary>The base of attributes that say where activations of a grain class live.</summary>
[AttributeUsage(AttributeTargets.Class)]
public abstract class PlacementAttribute : Attribute
{
    private protected PlacementAttribute()
    {
    }
}
