using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Orleans.Runtime;

namespace Molino.Runtime.Copying;

/// <summary>Types of the base class library whose values never change. The generator knows the same list.</summary>
internal static class ImmutableTypes
{
    private static readonly FrozenSet<Type> Known = new[]
    {
        typeof(string), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Guid), typeof(Uri), typeof(Version), typeof(CultureInfo), typeof(BigInteger), typeof(Int128), typeof(UInt128), typeof(Half),
        typeof(Rune), typeof(Index), typeof(Range), typeof(JsonElement), typeof(CancellationToken), typeof(DBNull),
        typeof(GrainId), typeof(GrainType), typeof(IdSpan), typeof(CodeGeneration.NoResult),
    }.ToFrozenSet();

    /// <summary>Tells whether values of a type never change.</summary>
    /// <param name="type">The type.</param>
    /// <returns>True when they never change.</returns>
    public static bool Contains(Type type) =>
        type.IsPrimitive || type.IsEnum || Known.Contains(type) || typeof(IAddressable).IsAssignableFrom(type)
        || typeof(Exception).IsAssignableFrom(type) || typeof(Type).IsAssignableFrom(type)
        || type.Namespace is "System.Collections.Immutable" or "System.Collections.Frozen"
        || (Nullable.GetUnderlyingType(type) is { } underlying && Contains(underlying))
        || type.IsDefined(typeof(Orleans.ImmutableAttribute), inherit: false);

    /// <summary>Tells whether a value never changes.</summary>
    /// <param name="value">The value.</param>
    /// <returns>True when it never changes.</returns>
    public static bool Contains(object value) => Contains(value.GetType());
}
