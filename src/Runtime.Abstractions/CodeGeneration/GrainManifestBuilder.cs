using Molino.Runtime.Copying;
using Molino.Runtime.Wire;
using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>Collects what generated manifests register. One per silo: nothing is static.</summary>
public sealed class GrainManifestBuilder
{
    internal Dictionary<Type, Func<GrainReferenceOrigin, IdSpan, GrainReference>> Interfaces { get; } = [];

    internal Dictionary<Type, GrainClassInfo> Classes { get; } = [];

    internal Dictionary<Type, Func<Copier>> Copiers { get; } = [];

    internal Dictionary<Type, Func<Codec>> Codecs { get; } = [];

    internal Dictionary<Type, Type> GenericCodecs { get; } = [];

    internal Dictionary<Type, string> TypeNames { get; } = [];

    internal Dictionary<string, Func<GrainRequest>> Calls { get; } = [];

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

    /// <summary>Adds the codec of a message.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="name">Its name on the wire.</param>
    /// <param name="factory">Makes the codec.</param>
    public void AddCodec<T>(string name, Func<Codec<T>> factory)
    {
        Codecs[typeof(T)] = factory;
        TypeNames[typeof(T)] = name;
    }

    /// <summary>Adds the codec of a generic message.</summary>
    /// <param name="name">Its name on the wire, without arguments.</param>
    /// <param name="type">The generic message.</param>
    /// <param name="codec">The generic codec, with the same type parameters.</param>
    public void AddGenericCodec(string name, Type type, Type codec)
    {
        GenericCodecs[type] = codec;
        TypeNames[type] = name;
    }

    /// <summary>Adds a grain method that other silos may call.</summary>
    /// <param name="name">Its name on the wire.</param>
    /// <param name="factory">Makes an empty call.</param>
    public void AddCall(string name, Func<GrainRequest> factory) => Calls[name] = factory;
}
