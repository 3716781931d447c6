namespace Orleans.Runtime;

/// <summary>The name of a kind of grain, the first half of a <see cref="GrainId"/>.</summary>
public readonly struct GrainType : IEquatable<GrainType>, IComparable<GrainType>
{
    private readonly IdSpan _value;

    /// <summary>Initializes a new instance of the <see cref="GrainType"/> struct.</summary>
    /// <param name="id">The name.</param>
    public GrainType(IdSpan id) => _value = id;

    /// <summary>Gets the name.</summary>
    public IdSpan Value => _value;

    /// <summary>Gets a value indicating whether this is the default value, which names no type.</summary>
    public bool IsDefault => _value.IsDefault;

    /// <summary>Creates a grain type from its name.</summary>
    /// <param name="value">The name, in lower case by convention.</param>
    /// <returns>The grain type.</returns>
    public static GrainType Create(string value) => new(IdSpan.Create(value));

    /// <summary>Compares two types for equality.</summary>
    /// <param name="left">The first type.</param>
    /// <param name="right">The second type.</param>
    /// <returns>True when the names are equal.</returns>
    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    /// <summary>Compares two types for inequality.</summary>
    /// <param name="left">The first type.</param>
    /// <param name="right">The second type.</param>
    /// <returns>True when the names differ.</returns>
    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);

    /// <inheritdoc/>
    public int CompareTo(GrainType other) => _value.CompareTo(other._value);

    /// <inheritdoc/>
    public bool Equals(GrainType obj) => _value.Equals(obj._value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is GrainType other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _value.GetHashCode();

    /// <summary>Returns the name.</summary>
    /// <returns>The name.</returns>
    public override string ToString() => _value.ToString();
}
