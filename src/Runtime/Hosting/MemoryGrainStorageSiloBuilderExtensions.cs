using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Molino.Runtime.Storage;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Hosting;

/// <summary>Storage in the memory of the process: for tests and trials, gone with the host.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    private const string DefaultName = "Default";

    /// <summary>Adds memory storage under a name. Another provider: register an <see cref="IGrainStorage"/> as a keyed singleton.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The name, as used in <see cref="Runtime.PersistentStateAttribute"/>.</param>
    /// <param name="configureOptions">Sets the options.</param>
    /// <returns>The builder.</returns>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        configureOptions?.Invoke(builder.Services.AddOptions<MemoryGrainStorageOptions>(name));
        builder.Services.AddKeyedSingleton<IGrainStorage>(
            name, static (services, _) => ActivatorUtilities.CreateInstance<MemoryGrainStorage>(services));
        return builder;
    }

    /// <summary>Adds memory storage as the provider of states that name none.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configureOptions">Sets the options.</param>
    /// <returns>The builder.</returns>
    public static ISiloBuilder AddMemoryGrainStorageAsDefault(
        this ISiloBuilder builder, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) =>
        AddMemoryGrainStorage(builder, DefaultName, configureOptions);
}
