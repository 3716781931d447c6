namespace Orleans;

/// <summary>The entry for code outside of grains.</summary>
public interface IClusterClient : IGrainFactory
{
    /// <summary>Gets the services of the host.</summary>
    IServiceProvider ServiceProvider { get; }
}
