namespace Molino.Core;

/// <summary>A key or value of the configuration that cannot be used. Stops the start; the silo exits with code 2.</summary>
/// <param name="key">The key, for example <c>Pools:reports:Kind</c>.</param>
/// <param name="message">What is wrong with it, and what is allowed.</param>
public sealed class ConfigurationException(string key, string message) : JobSystemException("bad_configuration", $"{key}: {message}")
{
    /// <summary>The key.</summary>
    public string Key { get; } = key;
}
