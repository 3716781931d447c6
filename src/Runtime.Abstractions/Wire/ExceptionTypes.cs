using System.Collections.Concurrent;

namespace Molino.Runtime.Wire;

/// <summary>Which exceptions can be made again: those of the base class library, of the runtime, and of assemblies with grain code. No other code of a name that arrives is looked for.</summary>
internal sealed class ExceptionTypes(IEnumerable<Type> messages)
{
    private const int MostNames = 1_000;

    private readonly ConcurrentDictionary<string, Type?> _byName = new(StringComparer.Ordinal);
    private readonly System.Reflection.Assembly[] _assemblies =
    [
        typeof(Exception).Assembly, typeof(System.Net.Sockets.SocketException).Assembly, typeof(System.Collections.Generic.SortedSet<>).Assembly, typeof(ExceptionTypes).Assembly,
        .. messages.Select(type => type.Assembly).Distinct(),
    ];

    /// <summary>Finds an exception type.</summary>
    /// <param name="name">Its full name.</param>
    /// <returns>The type, or null.</returns>
    public Type? Find(string name)
    {
        if (_byName.TryGetValue(name, out var known))
        {
            return known;
        }

        var found = _assemblies.Select(assembly => assembly.GetType(name, throwOnError: false))
            .FirstOrDefault(type => type is { IsAbstract: false, IsGenericType: false } && typeof(Exception).IsAssignableFrom(type));
        if (_byName.Count < MostNames)
        {
            _byName.TryAdd(name, found);
        }

        return found;
    }
}
