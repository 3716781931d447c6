namespace Orleans.Runtime;

/// <summary>The text of an identity with its hash computed once, so that directory look-ups do not hash again.</summary>
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>
{
    private readonly string? _value;
    private readonly int _hash;

    private IdSpan(string value)
    {
        _value = value;
        _hash = StringComparer.Ordinal.GetHashCode(value);
    }

    /// <summary>Gets a value indicating whether this is the default value, which names nothing.</summary>
    public bool IsDefault => _value is null;

    /// <summary>Creates an identity part from text.</summary>
    /// <param name="id">The text; ordinal comparison applies.</param>
    /// <returns>The identity part.</returns>
    public static IdSpan Create(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new IdSpan(id);
    }

    /// <summary>Compares two parts for equality.</summary>
    /// <param name="left">The first part.</param>
    /// <param name="right">The second part.</param>
    /// <returns>True when both hold the same text.</returns>
    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    /// <summary>Compares two parts for inequality.</summary>
    /// <param name="left">The first part.</param>
    /// <param name="right">The second part.</param>
    /// <returns>True when the texts differ.</returns>
    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);

    /// <inheritdoc/>
    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    /// <inheritdoc/>
    public bool Equals(IdSpan obj) => _hash == obj._hash && string.Equals(_value, obj._value, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is IdSpan other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    /// <summary>Returns the text, or an empty string for the default value.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => _value ?? string.Empty;
}
