using System.Collections.Concurrent;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Copying;

/// <summary>Finds the copier of a type among those that generated code registered. One per silo.</summary>
internal sealed class CopierProvider(IReadOnlyDictionary<Type, Func<Copier>> registered)
{
    private readonly ConcurrentDictionary<Type, Copier> _copiers = new();

    /// <summary>Returns the copier for a declared type.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <returns>The copier.</returns>
    public Copier<T> Get<T>() => (Copier<T>)(_copiers.TryGetValue(typeof(T), out var copier) ? copier : _copiers.GetOrAdd(typeof(T), Create<T>()));

    /// <summary>Returns the copier for the type that a value has.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The copier.</returns>
    public Copier GetFor(object value)
    {
        var type = value.GetType();
        if (_copiers.TryGetValue(type, out var copier))
        {
            return copier;
        }

        if (registered.TryGetValue(type, out var factory))
        {
            return _copiers.GetOrAdd(type, factory());
        }

        return ImmutableTypes.Contains(value) ? SameReferenceCopier.Instance : throw NotFound(type);
    }

    private static CodecNotFoundException NotFound(Type type) =>
        new($"{type} crosses a grain call or is stored, but nothing knows how to copy it. Mark it with [GenerateSerializer] and its members with [Id], or mark it [Immutable].");

    private Copier Create<T>()
    {
        if (registered.TryGetValue(typeof(T), out var factory))
        {
            return factory();
        }

        if (ImmutableTypes.Contains(typeof(T)))
        {
            return new IdentityCopier<T>();
        }

        return typeof(T).IsSealed || typeof(T).IsValueType ? throw NotFound(typeof(T)) : new ActualTypeCopier<T>();
    }
}
