using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Orleans.Serialization;

namespace Molino.Runtime.Wire;

/// <summary>Types and their names on the wire: aliases of messages, short names of basic types, <c>name&lt;arguments&gt;</c> of generic ones, <c>name[]</c> of arrays.</summary>
internal sealed class TypeNames
{
    private const int LongestName = 1_000;
    private const int MostNames = 10_000;

    private static readonly FrozenDictionary<string, Type> Basic = new Dictionary<string, Type>
    {
        ["object"] = typeof(object),
        ["string"] = typeof(string),
        ["bool"] = typeof(bool),
        ["byte"] = typeof(byte),
        ["sbyte"] = typeof(sbyte),
        ["short"] = typeof(short),
        ["ushort"] = typeof(ushort),
        ["int"] = typeof(int),
        ["uint"] = typeof(uint),
        ["long"] = typeof(long),
        ["ulong"] = typeof(ulong),
        ["float"] = typeof(float),
        ["double"] = typeof(double),
        ["decimal"] = typeof(decimal),
        ["char"] = typeof(char),
        ["guid"] = typeof(Guid),
        ["datetime"] = typeof(DateTime),
        ["datetimeoffset"] = typeof(DateTimeOffset),
        ["timespan"] = typeof(TimeSpan),
        ["dateonly"] = typeof(DateOnly),
        ["timeonly"] = typeof(TimeOnly),
        ["uri"] = typeof(Uri),
        ["version"] = typeof(Version),
        ["none"] = typeof(CodeGeneration.NoResult),
        ["memory"] = typeof(ReadOnlyMemory<>),
        ["list"] = typeof(List<>),
        ["map"] = typeof(Dictionary<,>),
        ["set"] = typeof(HashSet<>),
        ["nullable"] = typeof(Nullable<>),
        ["immutable-array"] = typeof(ImmutableArray<>),
        ["pair"] = typeof(KeyValuePair<,>),
        ["tuple2"] = typeof(ValueTuple<,>),
        ["tuple3"] = typeof(ValueTuple<,,>),
        ["tuple4"] = typeof(ValueTuple<,,,>),
        ["error"] = typeof(Exception),
        ["grain-id"] = typeof(Orleans.Runtime.GrainId),
        ["reference"] = typeof(Orleans.Runtime.GrainReference),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> BasicNames = Basic.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);

    private readonly Dictionary<string, Type> _types = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string> _registered = [];
    private readonly ConcurrentDictionary<Type, string> _names = new();
    private readonly ConcurrentDictionary<string, Type> _parsed = new(StringComparer.Ordinal);

    public TypeNames(IEnumerable<KeyValuePair<Type, string>> registered)
    {
        foreach (var (type, name) in registered)
        {
            if (_types.TryGetValue(name, out var other) && other != type)
            {
                throw new InvalidOperationException($"{type} and {other} have the same name on the wire, '{name}'. Give one of them another [Alias].");
            }

            _types[name] = type;
            _registered[type] = name;
        }
    }

    /// <summary>Returns the name of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    /// <exception cref="CodecNotFoundException">It has none.</exception>
    public string NameOf(Type type) => _names.GetOrAdd(type, Build);

    /// <summary>Finds the type of a name.</summary>
    /// <param name="name">The name, from another silo.</param>
    /// <returns>The type, or null.</returns>
    public Type? TypeOf(string name)
    {
        if (_parsed.TryGetValue(name, out var known))
        {
            return known;
        }

        if (name.Length > LongestName)
        {
            return null;
        }

        var rest = name.AsSpan();
        var type = Parse(ref rest, depth: 0);
        if (type is null || rest.Length > 0)
        {
            return null;
        }

        if (_parsed.Count < MostNames)
        {
            _parsed.TryAdd(name, type);
        }

        return type;
    }

    private string Build(Type type)
    {
        if (type.IsSZArray)
        {
            return NameOf(type.GetElementType()!) + "[]";
        }

        if (typeof(Exception).IsAssignableFrom(type))
        {
            return BasicNames[typeof(Exception)];
        }

        if (typeof(Orleans.Runtime.GrainReference).IsAssignableFrom(type))
        {
            return BasicNames[typeof(Orleans.Runtime.GrainReference)];
        }

        if (_registered.TryGetValue(type, out var name) || BasicNames.TryGetValue(type, out name))
        {
            return name;
        }

        if (type.IsGenericType)
        {
            var definition = type.GetGenericTypeDefinition();
            if (_registered.TryGetValue(definition, out var generic) || BasicNames.TryGetValue(definition, out generic))
            {
                return $"{generic}<{string.Join(',', type.GenericTypeArguments.Select(NameOf))}>";
            }
        }

        throw new CodecNotFoundException($"{type} is to cross to another silo as a part of something declared as a base or an interface, but has no name there. Mark it with [GenerateSerializer] and [Alias].");
    }

    private Type? Parse(ref ReadOnlySpan<char> text, int depth)
    {
        var end = text.IndexOfAny("<>,[".AsSpan());
        var name = (end < 0 ? text : text[..end]).ToString();
        text = end < 0 ? [] : text[end..];
        if (depth > 10 || !(_types.TryGetValue(name, out var type) || Basic.TryGetValue(name, out type)))
        {
            return null;
        }

        if (type.IsGenericTypeDefinition != text.StartsWith("<"))
        {
            return null;
        }

        var closed = type.IsGenericTypeDefinition ? Close(type, ref text, depth) : type;
        for (var ranks = 0; closed is not null && text.StartsWith("[]") && ranks < 4; ranks++)
        {
            closed = closed.MakeArrayType();
            text = text[2..];
        }

        return closed;
    }

    private Type? Close(Type definition, ref ReadOnlySpan<char> text, int depth)
    {
        var arguments = new Type[definition.GetGenericArguments().Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            text = text[1..];
            if (Parse(ref text, depth + 1) is not { } argument || !text.StartsWith(i == arguments.Length - 1 ? ">" : ","))
            {
                return null;
            }

            arguments[i] = argument;
        }

        text = text[1..];
        try
        {
            return definition.MakeGenericType(arguments);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
