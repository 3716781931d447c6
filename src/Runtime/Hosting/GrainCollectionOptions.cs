namespace Orleans.Configuration;

/// <summary>Options of the life of activations.</summary>
public class GrainCollectionOptions
{
    /// <summary>Gets or sets the time without use after which activations are collected. More than <see cref="CollectionQuantum"/>. Default 15 min.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets the same for single grain classes, by full class name.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>Gets or sets the time between looks for idle activations. More than zero. Default 1 min.</summary>
    public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets the time that reading state and <c>OnActivateAsync</c> may take. More than zero. Default 30 s.</summary>
    public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets the time that running calls and <c>OnDeactivateAsync</c> may take together. More than zero. Default 30 s.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
