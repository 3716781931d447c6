using System.Text;

namespace Molino.Api;

/// <summary>The fields of a JSON object, known by their place in this list.</summary>
/// <param name="names">Their names.</param>
internal sealed class FieldNames(params string[] names)
{
    private readonly byte[][] _utf8 = [.. names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A field's name.</summary>
    /// <param name="index">Its place.</param>
    public string this[int index] => names[index];

    /// <summary>All names, for messages.</summary>
    public string List => string.Join(", ", names);

    /// <summary>A field's place.</summary>
    /// <param name="name">Its name, unescaped.</param>
    /// <returns>-1 for an unknown one.</returns>
    public int Find(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _utf8.Length; i++)
            if (name.SequenceEqual(_utf8[i])) return i;
        return -1;
    }
}
