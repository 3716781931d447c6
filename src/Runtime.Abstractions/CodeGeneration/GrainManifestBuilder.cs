using Molino.Runtime.Copying;
using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>Collects what generated manifests register. One per silo: nothing is static.</summary>
public sealed class GrainManifestBuilder
{
    internal Dictionary<Type, Func<GrainReferenceOrigin, IdSpan, GrainReference>> Interfaces { get; } = [];

    internal Dictionary<Type, GrainClassInfo> Classes { get; } = [];

    internal Dictionary<Type, Func<Copier>> Copiers { get; } = [];

    /// <summary>Adds a grain interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="factory">Makes a reference.</param>
    public void AddInterface(Type interfaceType, Func<GrainReferenceOrigin, IdSpan, GrainReference> factory) => Interfaces[interfaceType] = factory;

    /// <summary>Adds a grain class.</summary>
    /// <param name="info">The facts about the class.</param>
    public void AddClass(GrainClassInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        Classes[info.ClassType] = info;
    }

    /// <summary>Adds a copier. The same type may be added by several assemblies.</summary>
    /// <typeparam name="T">The type that it copies.</typeparam>
    /// <param name="factory">Makes the copier.</param>
    public void AddCopier<T>(Func<Copier<T>> factory) => Copiers[typeof(T)] = factory;
}
