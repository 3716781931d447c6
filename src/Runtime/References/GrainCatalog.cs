using System.Collections.Concurrent;
using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Molino.Runtime.Observers;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.References;

/// <summary>The grain classes and interfaces that the generated manifests registered.</summary>
internal sealed class GrainCatalog : ICallCatalog
{
    private readonly GrainManifestBuilder _manifest;
    private readonly Silo _silo;
    private readonly ObserverRoute _observers;
    private readonly Dictionary<GrainType, GrainClass> _classes = [];
    private readonly Dictionary<ulong, Func<GrainRequest>> _calls = [];
    private readonly Dictionary<string, Type> _interfaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, InterfaceBinding> _bindings = new();
    private readonly ConcurrentDictionary<(Type, GrainType), InterfaceBinding> _bindingsByType = new();

    public GrainCatalog(GrainManifestBuilder manifest, Silo silo)
    {
        _manifest = manifest;
        _silo = silo;
        _observers = new ObserverRoute(silo);
        foreach (var (name, factory) in manifest.Calls)
        {
            if (!_calls.TryAdd(GrainMethod.WireIdOf(name), factory))
            {
                throw new InvalidOperationException($"Grain method '{name}' has the same number on the wire as another: give it another [Alias].");
            }
        }

        foreach (var type in manifest.Interfaces.Keys)
        {
            _interfaces[type.FullName!] = type;
        }

        foreach (var info in manifest.Classes.Values)
        {
            if (!manifest.Interfaces.TryGetValue(info.Interfaces[0], out var factory))
            {
                throw new InvalidOperationException(
                    $"{info.Interfaces[0]} of grain class {info.ClassType} has no generated reference: its project lacks <GenerateGrainCode>true</GenerateGrainCode>.");
            }

            var grainClass = new GrainClass(info, silo, factory);
            if (!_classes.TryAdd(grainClass.GrainType, grainClass))
            {
                throw new InvalidOperationException(
                    $"{info.ClassType} and {_classes[grainClass.GrainType].Info.ClassType} have the same grain type '{grainClass.GrainType}'. Give one of them [GrainType].");
            }
        }
    }

    /// <summary>Gets all grain classes.</summary>
    public IReadOnlyCollection<GrainClass> Classes => _classes.Values;

    /// <summary>Finds a grain interface.</summary>
    /// <param name="name">Its full name, or null.</param>
    /// <returns>The interface, or null.</returns>
    public Type? InterfaceOf(string? name) => name is null ? null : _interfaces.GetValueOrDefault(name);

    /// <summary>Finds how to make references through an interface.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="classNamePrefix">The start of the class's full name, or null.</param>
    /// <returns>The binding.</returns>
    public InterfaceBinding Bind(Type interfaceType, string? classNamePrefix)
    {
        if (classNamePrefix is not null)
        {
            return Bind(interfaceType, Implementation(interfaceType, classNamePrefix).GrainType);
        }

        return _bindings.TryGetValue(interfaceType, out var binding)
            ? binding
            : _bindings.GetOrAdd(interfaceType, type => Bind(type, Implementation(type, null).GrainType));
    }

    /// <summary>Finds how to make references through an interface to grains of a type.</summary>
    /// <param name="interfaceType">The interface.</param>
    /// <param name="grainType">The grain type.</param>
    /// <returns>The binding.</returns>
    public InterfaceBinding Bind(Type interfaceType, GrainType grainType) =>
        _bindingsByType.TryGetValue((interfaceType, grainType), out var binding)
            ? binding
            : _bindingsByType.GetOrAdd((interfaceType, grainType), key => CreateBinding(key.Item1, key.Item2));

    /// <inheritdoc/>
    public GrainRequest? CreateCall(ulong wireId) => _calls.TryGetValue(wireId, out var factory) ? factory() : null;

    /// <inheritdoc/>
    public GrainReference ReferenceTo(GrainId grainId, GrainRequest request) =>
        grainId.Type == ObserverId.GrainType ? new GrainReference(new GrainReferenceOrigin(_silo, grainId.Type, typeof(IGrainObserver), _observers), grainId.Key)
            : _classes.TryGetValue(grainId.Type, out var grainClass)
            ? grainClass.CreateReference(grainId.Key)
            : throw new ArgumentException($"Silo {_silo.Name} has no grain class for {grainId}: all silos of a cluster must have the same grain classes.", nameof(grainId));

    /// <summary>Lists which grain type each interface leads to.</summary>
    /// <returns>Full names of interfaces, and grain types.</returns>
    public IEnumerable<(string Interface, string GrainType)> Implementations() =>
        from type in _interfaces.Values
        let found = _classes.Values.Where(c => c.Info.Interfaces.Contains(type)).ToList()
        let one = found.Count == 1 ? found[0] : found.SingleOrDefault(c => $"I{c.Info.ClassType.Name}" == type.Name)
        where one is not null
        select (type.FullName!, one.GrainType.ToString());

    /// <summary>Returns all activations. A moment's view.</summary>
    /// <returns>The activations.</returns>
    public List<Activation> AllActivations()
    {
        var activations = new List<Activation>();
        foreach (var grainClass in _classes.Values)
        {
            grainClass.AddActivations(activations);
        }

        return activations;
    }

    private InterfaceBinding CreateBinding(Type interfaceType, GrainType grainType)
    {
        var route = RouteOf(grainType);
        if (route is null)
        {
            throw new ArgumentException($"No grain class has the grain type '{grainType}'.", nameof(grainType));
        }

        if (!_manifest.Interfaces.TryGetValue(interfaceType, out var factory))
        {
            throw new ArgumentException($"{interfaceType} has no generated reference: it is no grain interface, or its project lacks <GenerateGrainCode>true</GenerateGrainCode>.", nameof(interfaceType));
        }

        return new InterfaceBinding(new GrainReferenceOrigin(_silo, grainType, interfaceType, route), factory);
    }

    private GrainRoute? RouteOf(GrainType grainType) =>
        grainType == ObserverId.GrainType ? _observers : _classes.GetValueOrDefault(grainType);

    private GrainClass Implementation(Type interfaceType, string? classNamePrefix)
    {
        var found = _classes.Values
            .Where(c => c.Info.Interfaces.Contains(interfaceType))
            .Where(c => classNamePrefix is null || c.Info.ClassType.FullName!.StartsWith(classNamePrefix, StringComparison.Ordinal))
            .ToList();
        return found switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}.", nameof(interfaceType)),
            _ => found.SingleOrDefault(c => $"I{c.Info.ClassType.Name}" == interfaceType.Name)
                ?? throw new ArgumentException(
                    $"Several grain classes implement {interfaceType}: {string.Join(", ", found.Select(c => c.Info.ClassType))}. Say which by a class name prefix.", nameof(interfaceType)),
        };
    }
}
