using Molino.Runtime.Observers;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.References;

/// <summary>Makes references, inside of grains and outside.</summary>
internal sealed class ClusterClient(IReferenceHost host) : IClusterClient
{
    /// <inheritdoc/>
    public IServiceProvider ServiceProvider => host.Services;

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return (TGrainInterface)(object)Create(typeof(TGrainInterface), IdSpan.Create(primaryKey), grainClassNamePrefix);
    }

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey =>
        (TGrainInterface)(object)Create(typeof(TGrainInterface), GrainIdKeyExtensions.CreateIntegerKey(primaryKey), grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey =>
        (TGrainInterface)(object)Create(typeof(TGrainInterface), GrainIdKeyExtensions.CreateGuidKey(primaryKey), grainClassNamePrefix);

    /// <inheritdoc/>
    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable =>
        (TGrainInterface)host.CreateReference(typeof(TGrainInterface), grainId);

    /// <inheritdoc/>
    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey)
    {
        ArgumentNullException.ThrowIfNull(grainInterfaceType);
        ArgumentException.ThrowIfNullOrWhiteSpace(grainPrimaryKey);
        return (IGrain)(object)Create(grainInterfaceType, IdSpan.Create(grainPrimaryKey), null);
    }

    /// <inheritdoc/>
    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference)
        {
            throw new ArgumentException("It is a reference already.", nameof(obj));
        }

        var id = host.ObserverIdOf(host.Observers.Add(obj));
        return (TGrainObserverInterface)host.CreateReference(typeof(TGrainObserverInterface), new GrainId(ObserverId.GrainType, id.ToKey()));
    }

    /// <inheritdoc/>
    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        ArgumentNullException.ThrowIfNull(obj);
        if (obj is GrainReference reference && reference.GrainId.Type == ObserverId.GrainType)
        {
            host.Observers.Remove(ObserverId.Parse(reference.Key).Id);
        }
        else
        {
            host.Observers.Remove(obj);
        }
    }

    private GrainReference Create(Type interfaceType, IdSpan key, string? classNamePrefix) => host.Bind(interfaceType, classNamePrefix).Create(key);
}
