using System.Runtime.InteropServices;

namespace Molino.Runtime.Wire;

/// <summary>Sequences: a count, the kind of the elements, the elements.</summary>
/// <typeparam name="TList">The declared type.</typeparam>
/// <typeparam name="T">The type of the elements.</typeparam>
internal abstract class ListCodec<TList, T> : Codec<TList>
{
    private const int MostReservedAtOnce = 4_096;

    /// <inheritdoc/>
    public override WireKind KindOf(TList value) => IsNull(value) ? WireKind.Null : WireKind.List;

    /// <inheritdoc/>
    public sealed override void Write(WireWriter writer, TList value, WireKind kind)
    {
        if (kind == WireKind.Null)
        {
            return;
        }

        writer.Enter(typeof(TList));
        var codec = writer.Codecs.Get<T>();
        var elementKind = codec.ElementKind;
        var items = AsSpan(value);
        writer.Varint((ulong)items.Length);
        writer.Kind(elementKind);
        foreach (var item in items)
        {
            var itemKind = elementKind;
            if (elementKind == WireKind.Any)
            {
                itemKind = codec.KindOf(item);
                writer.Kind(itemKind);
            }

            codec.Write(writer, item, itemKind);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public sealed override TList Read(ref WireReader reader, WireKind kind)
    {
        if (kind != WireKind.List)
        {
            return kind == WireKind.Null ? Null() : throw WireReader.Unexpected<TList>(kind);
        }

        reader.Enter();
        var codec = reader.Codecs.Get<T>();
        var count = reader.Count();
        var elementKind = reader.ElementKind();

        // A count is a claim: room grows with what really arrives.
        var items = new List<T>(Math.Min(count, MostReservedAtOnce));
        for (var i = 0; i < count; i++)
        {
            items.Add(codec.Read(ref reader, elementKind == WireKind.Any ? reader.Kind() : elementKind));
        }

        reader.Leave();
        return Make(items);
    }

    /// <summary>Tells whether a value stands for none.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True for none.</returns>
    protected virtual bool IsNull(TList value) => value is null;

    /// <summary>Returns the value that stands for none.</summary>
    /// <returns>The value.</returns>
    protected virtual TList Null() => default(TList) is null ? default! : throw WireReader.Unexpected<TList>(WireKind.Null);

    /// <summary>Returns the elements.</summary>
    /// <param name="value">The sequence.</param>
    /// <returns>The elements.</returns>
    protected abstract ReadOnlySpan<T> AsSpan(TList value);

    /// <summary>Makes the sequence.</summary>
    /// <param name="items">The elements; the list may be kept.</param>
    /// <returns>The sequence.</returns>
    protected abstract TList Make(List<T> items);

    /// <summary>Returns the elements of any sequence.</summary>
    /// <param name="value">The sequence.</param>
    /// <returns>The elements.</returns>
    protected static ReadOnlySpan<T> SpanOf(IEnumerable<T> value) => value switch
    {
        T[] array => array,
        List<T> list => CollectionsMarshal.AsSpan(list),
        _ => value.ToArray(),
    };
}
