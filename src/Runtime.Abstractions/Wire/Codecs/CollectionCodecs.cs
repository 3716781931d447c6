using System.Collections.Immutable;
using System.Reflection;
using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Wire;

/// <summary>Makes the codecs of arrays and of the generic collections of the base class library. Reflection happens once per closed type, never per call.</summary>
internal static class CollectionCodecs
{
    private static readonly Dictionary<Type, string> Factories = new()
    {
        [typeof(ImmutableArray<>)] = nameof(ImmutableArray),
        [typeof(ReadOnlyMemory<>)] = nameof(Memory),
        [typeof(List<>)] = nameof(List),
        [typeof(Queue<>)] = nameof(Queue),
        [typeof(HashSet<>)] = nameof(Set),
        [typeof(SortedSet<>)] = nameof(SortedSet),
        [typeof(ImmutableList<>)] = nameof(ImmutableList),
        [typeof(ImmutableHashSet<>)] = nameof(ImmutableSet),
        [typeof(IEnumerable<>)] = nameof(ArrayFor),
        [typeof(IReadOnlyCollection<>)] = nameof(ArrayFor),
        [typeof(IReadOnlyList<>)] = nameof(ArrayFor),
        [typeof(ICollection<>)] = nameof(ListFor),
        [typeof(IList<>)] = nameof(ListFor),
        [typeof(ISet<>)] = nameof(SetFor),
        [typeof(IReadOnlySet<>)] = nameof(SetFor),
        [typeof(Dictionary<,>)] = nameof(Map),
        [typeof(SortedDictionary<,>)] = nameof(SortedMap),
        [typeof(ImmutableDictionary<,>)] = nameof(ImmutableMap),
        [typeof(IDictionary<,>)] = nameof(MapFor),
        [typeof(IReadOnlyDictionary<,>)] = nameof(MapFor),
        [typeof(StreamBatch<>)] = nameof(Batch),
        [typeof(KeyValuePair<,>)] = nameof(Pair),
        [typeof(ValueTuple<,>)] = nameof(Tuple2),
        [typeof(ValueTuple<,,>)] = nameof(Tuple3),
        [typeof(ValueTuple<,,,>)] = nameof(Tuple4),
    };

    /// <summary>Makes the codec of a collection type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="codecs">Finds the codecs of parts.</param>
    /// <returns>The codec, or null when the type is none.</returns>
    public static Codec? Find(Type type, CodecProvider codecs)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return (Codec)Activator.CreateInstance(typeof(NullableCodec<>).MakeGenericType(underlying), codecs.GetFor(underlying))!;
        }

        if (type.IsSZArray)
        {
            return Make(nameof(Array), [type.GetElementType()!]);
        }

        if (!type.IsGenericType || !Factories.TryGetValue(type.GetGenericTypeDefinition(), out var factory))
        {
            return null;
        }

        return factory.EndsWith("For", StringComparison.Ordinal) ? Make(factory, [type, .. type.GenericTypeArguments]) : Make(factory, type.GenericTypeArguments);
    }

    private static Codec Make(string factory, Type[] arguments) =>
        (Codec)typeof(CollectionCodecs).GetMethod(factory, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(arguments).Invoke(null, null)!;

    private static ImmutableArrayCodec<T> ImmutableArray<T>() => new();

    private static MemoryCodec<T> Memory<T>() => new();

    private static SequenceCodec<T[], T> Array<T>() => new(static items => items.ToArray());

    private static SequenceCodec<List<T>, T> List<T>() => new(static items => items);

    private static SequenceCodec<Queue<T>, T> Queue<T>() => new(static items => new Queue<T>(items));

    private static SequenceCodec<HashSet<T>, T> Set<T>() => new(static items => new HashSet<T>(items));

    private static SequenceCodec<SortedSet<T>, T> SortedSet<T>() => new(static items => new SortedSet<T>(items));

    private static SequenceCodec<ImmutableList<T>, T> ImmutableList<T>() => new(static items => items.ToImmutableList());

    private static SequenceCodec<ImmutableHashSet<T>, T> ImmutableSet<T>() => new(static items => items.ToImmutableHashSet());

    private static SequenceCodec<TList, T> ArrayFor<TList, T>()
        where TList : class, IEnumerable<T> => new(static items => items.ToArray());

    private static SequenceCodec<TList, T> ListFor<TList, T>()
        where TList : class, IEnumerable<T> => new(static items => items);

    private static SequenceCodec<TSet, T> SetFor<TSet, T>()
        where TSet : class, IEnumerable<T> => new(static items => new HashSet<T>(items));

    private static SequenceCodec<Dictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> Map<TKey, TValue>()
        where TKey : notnull => new(static items => new Dictionary<TKey, TValue>(items));

    private static SequenceCodec<TMap, KeyValuePair<TKey, TValue>> MapFor<TMap, TKey, TValue>()
        where TMap : class, IEnumerable<KeyValuePair<TKey, TValue>>
        where TKey : notnull => new(static items => new Dictionary<TKey, TValue>(items));

    private static SequenceCodec<SortedDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> SortedMap<TKey, TValue>()
        where TKey : notnull => new(static items => new SortedDictionary<TKey, TValue>(new Dictionary<TKey, TValue>(items)));

    private static SequenceCodec<ImmutableDictionary<TKey, TValue>, KeyValuePair<TKey, TValue>> ImmutableMap<TKey, TValue>()
        where TKey : notnull => new(static items => items.ToImmutableDictionary());

    private static TupleCodec<StreamBatch<T>, T[], bool, NoResult, NoResult> Batch<T>() =>
        new(2, static v => (v.Items, v.IsEnd, default, default), static (items, isEnd, _, _) => new(items ?? [], isEnd));

    private static TupleCodec<KeyValuePair<T1, T2>, T1, T2, NoResult, NoResult> Pair<T1, T2>() =>
        new(2, static v => (v.Key, v.Value, default, default), static (first, second, _, _) => new(first, second));

    private static TupleCodec<(T1, T2), T1, T2, NoResult, NoResult> Tuple2<T1, T2>() =>
        new(2, static v => (v.Item1, v.Item2, default, default), static (first, second, _, _) => (first, second));

    private static TupleCodec<(T1, T2, T3), T1, T2, T3, NoResult> Tuple3<T1, T2, T3>() =>
        new(3, static v => (v.Item1, v.Item2, v.Item3, default), static (first, second, third, _) => (first, second, third));

    private static TupleCodec<(T1, T2, T3, T4), T1, T2, T3, T4> Tuple4<T1, T2, T3, T4>() =>
        new(4, static v => v, static (first, second, third, fourth) => (first, second, third, fourth));
}
