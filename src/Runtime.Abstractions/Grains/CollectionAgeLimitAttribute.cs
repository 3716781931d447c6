namespace Orleans;

/// <summary>How long activations of this grain class stay after their last use. The parts add up; at least one minute.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>Gets or sets the days. Default 0.</summary>
    public double Days { get; set; }

    /// <summary>Gets or sets the hours. Default 0.</summary>
    public double Hours { get; set; }

    /// <summary>Gets or sets the minutes. Default 0.</summary>
    public double Minutes { get; set; }

    /// <summary>Gets or sets a value indicating whether activations stay for good. Default false.</summary>
    public bool AlwaysActive { get; set; }
}
