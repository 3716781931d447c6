using System.ComponentModel;
using Orleans.Runtime;

namespace Molino.Runtime.CodeGeneration;

/// <summary>What all references of one interface to one grain type share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GrainReferenceOrigin
{
    internal GrainReferenceOrigin(IGrainCallRuntime runtime, GrainType grainType, Type interfaceType, object grainClass)
    {
        Runtime = runtime;
        GrainType = grainType;
        InterfaceType = interfaceType;
        GrainClass = grainClass;
    }

    internal IGrainCallRuntime Runtime { get; }

    internal GrainType GrainType { get; }

    internal Type InterfaceType { get; }

    internal object GrainClass { get; }
}
