using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Molino.Runtime.Storage;
using Orleans.Runtime;

namespace Molino.Runtime.Activations;

/// <summary>Makes grains of one class: reads its constructor once, then uses a compiled factory. What the runtime gives is passed in, all else comes from the services.</summary>
internal sealed class GrainConstructor
{
    private readonly ObjectFactory _factory;
    private readonly List<Func<Activation, IServiceProvider, object>> _givenByRuntime = [];

    public GrainConstructor(Type grainClass)
    {
        var types = new List<Type>();
        foreach (var parameter in ConstructorOf(grainClass).GetParameters())
        {
            if (GivenByRuntime(grainClass, parameter) is { } given)
            {
                types.Add(parameter.ParameterType);
                _givenByRuntime.Add(given);
            }
        }

        _factory = ActivatorUtilities.CreateFactory(grainClass, [.. types]);
    }

    /// <summary>Makes a grain.</summary>
    /// <param name="activation">Its activation.</param>
    /// <param name="services">The activation's services.</param>
    /// <param name="states">The states injected into it, still to be read.</param>
    /// <returns>The grain.</returns>
    public object Create(Activation activation, IServiceProvider services, out IReadOnlyList<ILoadableState> states)
    {
        if (_givenByRuntime.Count == 0)
        {
            states = [];
            return _factory(services, null);
        }

        var arguments = new object[_givenByRuntime.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = _givenByRuntime[i](activation, services);
        }

        states = [.. arguments.OfType<ILoadableState>()];
        return _factory(services, arguments);
    }

    private static ConstructorInfo ConstructorOf(Type grainClass)
    {
        var constructors = grainClass.GetConstructors();
        return constructors.FirstOrDefault(c => c.IsDefined(typeof(ActivatorUtilitiesConstructorAttribute)))
            ?? constructors.MaxBy(c => c.GetParameters().Length)
            ?? throw new InvalidOperationException($"Grain class {grainClass} has no public constructor.");
    }

    private static Func<Activation, IServiceProvider, object>? GivenByRuntime(Type grainClass, ParameterInfo parameter)
    {
        if (parameter.ParameterType == typeof(IGrainContext))
        {
            return static (activation, _) => activation;
        }

        if (parameter.GetCustomAttribute<PersistentStateAttribute>() is not { } attribute)
        {
            return null;
        }

        if (!parameter.ParameterType.IsGenericType || parameter.ParameterType.GetGenericTypeDefinition() != typeof(IPersistentState<>))
        {
            throw new InvalidOperationException($"Parameter '{parameter.Name}' of {grainClass} carries [PersistentState] but is not an IPersistentState<T>.");
        }

        var factory = (PersistentStateFactory)Activator.CreateInstance(
            typeof(PersistentStateFactory<>).MakeGenericType(parameter.ParameterType.GenericTypeArguments))!;
        return (activation, services) => factory.Create(activation, services, attribute);
    }
}
