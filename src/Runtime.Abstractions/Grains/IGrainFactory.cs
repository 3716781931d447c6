using Orleans.Runtime;

namespace Orleans;

/// <summary>Makes references to grains. A reference costs little and makes no grain: the first call does.</summary>
public interface IGrainFactory
{
    /// <summary>Returns a reference to the grain with a string key.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="primaryKey">The key; neither null nor white space.</param>
    /// <param name="grainClassNamePrefix">The start of the full name of the grain class, where several implement the interface.</param>
    /// <returns>The reference.</returns>
    TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey;

    /// <summary>Returns a reference to the grain with a number as key.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">The start of the full name of the grain class, where several implement the interface.</param>
    /// <returns>The reference.</returns>
    TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey;

    /// <summary>Returns a reference to the grain with a Guid as key.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="primaryKey">The key.</param>
    /// <param name="grainClassNamePrefix">The start of the full name of the grain class, where several implement the interface.</param>
    /// <returns>The reference.</returns>
    TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey;

    /// <summary>Returns a reference to the grain with this identity.</summary>
    /// <typeparam name="TGrainInterface">The grain interface.</typeparam>
    /// <param name="grainId">The identity.</param>
    /// <returns>The reference.</returns>
    TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable;

    /// <summary>Returns a reference to the grain with a string key.</summary>
    /// <param name="grainInterfaceType">The grain interface.</param>
    /// <param name="grainPrimaryKey">The key; neither null nor white space.</param>
    /// <returns>The reference.</returns>
    IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey);

    /// <summary>Returns a reference to an object outside of grains, for grains to call back. The object is held weakly: keep it alive as long as it is to be called.</summary>
    /// <typeparam name="TGrainObserverInterface">The observer interface.</typeparam>
    /// <param name="obj">The object.</param>
    /// <returns>The reference; it ends with this process.</returns>
    TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;

    /// <summary>Ends the references to an object; calls to it fail from now on.</summary>
    /// <typeparam name="TGrainObserverInterface">The observer interface.</typeparam>
    /// <param name="obj">A reference, or the object.</param>
    void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver;
}
