using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Activations;
using Orleans.Runtime;
using Orleans.Storage;

namespace Molino.Runtime.Storage;

/// <summary>Makes the states of one constructor parameter.</summary>
/// <typeparam name="TState">The type of the value.</typeparam>
internal sealed class PersistentStateFactory<TState> : PersistentStateFactory
{
    private const string DefaultStorageName = "Default";

    /// <inheritdoc/>
    public override object Create(Activation activation, IServiceProvider services, PersistentStateAttribute attribute)
    {
        var storageName = attribute.StorageName ?? DefaultStorageName;
        var storage = services.GetKeyedService<IGrainStorage>(storageName)
            ?? throw new BadProviderConfigException(
                $"Grain class {activation.Class.Info.ClassType} stores '{attribute.StateName}' in the storage provider '{storageName}', which is not registered.");
        return new PersistentState<TState>(activation, storage, attribute.StateName);
    }
}
