using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The identity of a grain: its type and its key, written <c>type/key</c>.</summary>
public readonly struct GrainId : IEquatable<GrainId>, IComparable<GrainId>
{
    private readonly GrainType _type;
    private readonly IdSpan _key;

    /// <summary>Initializes a new instance of the <see cref="GrainId"/> struct.</summary>
    /// <param name="type">The grain type.</param>
    /// <param name="key">The key, unique within the type.</param>
    public GrainId(GrainType type, IdSpan key)
    {
        _type = type;
        _key = key;
    }

    /// <summary>Gets the grain type.</summary>
    public GrainType Type => _type;

    /// <summary>Gets the key.</summary>
    public IdSpan Key => _key;

    /// <summary>Gets a value indicating whether this is the default value, which names no grain.</summary>
    public bool IsDefault => _type.IsDefault && _key.IsDefault;

    /// <summary>Creates an identity from the names of type and key.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="key">The key.</param>
    /// <returns>The identity.</returns>
    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    /// <summary>Creates an identity from a type and a key.</summary>
    /// <param name="type">The type.</param>
    /// <param name="key">The key.</param>
    /// <returns>The identity.</returns>
    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new GrainId(type, IdSpan.Create(key));
    }

    /// <summary>Creates an identity from a type and a key.</summary>
    /// <param name="type">The type.</param>
    /// <param name="key">The key.</param>
    /// <returns>The identity.</returns>
    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    /// <summary>Reads an identity written as <c>type/key</c>; everything after the first slash is the key.</summary>
    /// <param name="value">The text.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="FormatException">The text has no slash.</exception>
    public static GrainId Parse(string value) =>
        TryParse(value, out var result) ? result : throw new FormatException($"'{value}' is not a grain id of the form type/key.");

    /// <summary>Tries to read an identity written as <c>type/key</c>.</summary>
    /// <param name="value">The text, or null.</param>
    /// <param name="result">The identity when the text is well formed.</param>
    /// <returns>True when the text is well formed.</returns>
    public static bool TryParse(string? value, out GrainId result)
    {
        var slash = value?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 1)
        {
            result = default;
            return false;
        }

        result = new GrainId(GrainType.Create(value![..slash]), IdSpan.Create(value[(slash + 1)..]));
        return true;
    }

    /// <summary>Compares two identities for equality.</summary>
    /// <param name="left">The first identity.</param>
    /// <param name="right">The second identity.</param>
    /// <returns>True when type and key are equal.</returns>
    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    /// <summary>Compares two identities for inequality.</summary>
    /// <param name="left">The first identity.</param>
    /// <param name="right">The second identity.</param>
    /// <returns>True when type or key differ.</returns>
    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);

    /// <inheritdoc/>
    public int CompareTo(GrainId other)
    {
        var byType = _type.CompareTo(other._type);
        return byType != 0 ? byType : _key.CompareTo(other._key);
    }

    /// <inheritdoc/>
    public bool Equals(GrainId other) => _key.Equals(other._key) && _type.Equals(other._type);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_type, _key);

    /// <summary>Returns a hash that is the same in every process and release: FNV-1a of <c>type/key</c>, mixed. Not the value that Orleans returns.</summary>
    /// <returns>The hash.</returns>
    public uint GetUniformHashCode()
    {
        const ulong Prime = 1099511628211;
        var hash = 14695981039346656037;
        foreach (var unit in _type.ToString())
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        hash = unchecked((hash ^ '/') * Prime);
        foreach (var unit in _key.ToString())
        {
            hash = unchecked((hash ^ unit) * Prime);
        }

        hash = unchecked((hash ^ (hash >> 33)) * 0xFF51AFD7ED558CCD);
        return (uint)(hash >> 32);
    }

    /// <summary>Returns <c>type/key</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{_type}/{_key}";
}
