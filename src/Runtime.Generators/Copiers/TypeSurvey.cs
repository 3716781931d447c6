using Microsoft.CodeAnalysis;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Copiers;

/// <summary>Finds out how values of types are handed over, and which copiers that takes.</summary>
internal sealed class TypeSurvey
{
    private static readonly HashSet<string> Immutable = new(StringComparer.Ordinal)
    {
        "System.DateTimeOffset", "System.TimeSpan", "System.DateOnly", "System.TimeOnly", "System.Guid", "System.Uri", "System.Version",
        "System.Globalization.CultureInfo", "System.Numerics.BigInteger", "System.Int128", "System.UInt128", "System.Half", "System.Text.Rune",
        "System.Index", "System.Range", "System.Text.Json.JsonElement", "System.Threading.CancellationToken", "System.DBNull", "System.Type",
        "Orleans.Runtime.GrainId", "Orleans.Runtime.GrainType", "Orleans.Runtime.IdSpan",
    };

    private static readonly Dictionary<string, string> Collections = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.List"] = "ListCopier",
        ["System.Collections.Generic.Queue"] = "QueueCopier",
        ["System.Collections.Generic.HashSet"] = "HashSetCopier",
        ["System.Collections.Generic.SortedSet"] = "SortedSetCopier",
        ["System.Collections.Generic.Dictionary"] = "DictionaryCopier",
        ["System.Collections.Generic.SortedDictionary"] = "SortedDictionaryCopier",
        ["System.ReadOnlyMemory"] = "ReadOnlyMemoryCopier",
    };

    private static readonly Dictionary<string, string> Interfaces = new(StringComparer.Ordinal)
    {
        ["System.Collections.Generic.IEnumerable"] = "SequenceCopier",
        ["System.Collections.Generic.IReadOnlyCollection"] = "SequenceCopier",
        ["System.Collections.Generic.IReadOnlyList"] = "SequenceCopier",
        ["System.Collections.Generic.ICollection"] = "SequenceCopier",
        ["System.Collections.Generic.IList"] = "SequenceCopier",
        ["System.Collections.Generic.ISet"] = "SetCopier",
        ["System.Collections.Generic.IReadOnlySet"] = "SetCopier",
        ["System.Collections.Generic.IDictionary"] = "MapCopier",
        ["System.Collections.Generic.IReadOnlyDictionary"] = "MapCopier",
    };

    private readonly Dictionary<ITypeSymbol, Mutability> _seen = new(SymbolEqualityComparer.Default);
    private readonly List<string> _registrations = [];
    private bool _cannotCross;

    /// <summary>Gets the statements that register the copiers found so far.</summary>
    public IEnumerable<string> Registrations => _registrations;

    /// <summary>Looks at a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="canCross">False when nothing knows how to copy it.</param>
    /// <returns>How its values are handed over.</returns>
    public Mutability Look(ITypeSymbol type, out bool canCross)
    {
        _cannotCross = false;
        var result = Look(type);
        canCross = !_cannotCross;
        return result;
    }

    private Mutability Look(ITypeSymbol type)
    {
        if (_seen.TryGetValue(type, out var known))
        {
            return known;
        }

        // A type that contains itself is as mutable as its other members.
        _seen[type] = Mutability.Declared;
        return _seen[type] = Find(type);
    }

    private Mutability Find(ITypeSymbol type)
    {
        switch (type)
        {
            case ITypeParameterSymbol:
                return Mutability.Mutable;
            case IArrayTypeSymbol { Rank: 1 } array:
                Look(array.ElementType);
                Register(type, $"{Names.Copying}.ArrayCopier<{Names.Full(array.ElementType)}>");
                return Mutability.Mutable;
            case INamedTypeSymbol named when IsImmutable(named):
                return Mutability.Never;
            case INamedTypeSymbol { IsTupleType: true } tuple:
                return FromParts(type, tuple.TupleElements.Select(e => e.Type).ToList(), "ValueTupleCopier", maxParts: 4);
            case INamedTypeSymbol { IsGenericType: true } generic:
                return FindGeneric(generic);
            case INamedTypeSymbol named:
                return FindNamed(named);
            default:
                _cannotCross = true;
                return Mutability.Never;
        }
    }

    private Mutability FindGeneric(INamedTypeSymbol type)
    {
        var name = Names.Plain(type.OriginalDefinition);
        var arguments = string.Join(", ", type.TypeArguments.Select(Names.Full));
        if (name == "System.Nullable")
        {
            return FromParts(type, [.. type.TypeArguments], "NullableCopier", maxParts: 1);
        }

        if (name == "System.Collections.Generic.KeyValuePair")
        {
            return FromParts(type, [.. type.TypeArguments], "KeyValuePairCopier", maxParts: 2);
        }

        if (name == "System.Collections.Immutable.ImmutableArray")
        {
            return FromParts(type, [.. type.TypeArguments], "ImmutableArrayCopier", maxParts: 1);
        }

        if (name.StartsWith("System.Collections.Immutable.", StringComparison.Ordinal) || name.StartsWith("System.Collections.Frozen.", StringComparison.Ordinal))
        {
            _cannotCross |= type.TypeArguments.Any(a => Look(a) == Mutability.Mutable);
            return Mutability.Never;
        }

        if (Collections.TryGetValue(name, out var collection))
        {
            LookAtAll(type.TypeArguments);
            if (collection == "ReadOnlyMemoryCopier")
            {
                Register(Names.Full(type.TypeArguments[0]) + "[]", $"{Names.Copying}.ArrayCopier<{arguments}>", type);
            }

            Register(type, $"{Names.Copying}.{collection}<{arguments}>");
            return Mutability.Mutable;
        }

        if (Interfaces.TryGetValue(name, out var anyCollection))
        {
            LookAtAll(type.TypeArguments);
            Register(type, $"{Names.Copying}.{anyCollection}<{Names.Full(type)}, {arguments}>");
            return Mutability.Mutable;
        }

        if (type.Has("Orleans.GenerateSerializerAttribute"))
        {
            LookAtAll(type.TypeArguments);
            LookAtAll(SerializedMember.Of(type).Select(m => m.Type));
            Register(type, $"global::{Names.Namespace(type.ContainingAssembly.Name)}.{Names.Copier(type)}<{arguments}>");
        }

        return FindNamed(type);
    }

    private Mutability FindNamed(INamedTypeSymbol type)
    {
        if (type.Has("Orleans.GenerateSerializerAttribute"))
        {
            return type.Has("Orleans.ImmutableAttribute") || SeemsImmutable(type) ? Mutability.Declared : Mutability.Mutable;
        }

        if (type.TypeKind == TypeKind.Interface || type.IsAbstract || type.SpecialType == SpecialType.System_Object)
        {
            // The copier of the type that the value has is looked up when it is copied.
            return Mutability.Mutable;
        }

        _cannotCross = true;
        return Mutability.Never;
    }

    /// <summary>A message none of whose members can be set again, or lead to something that can. Sealed, since a derived type could differ.</summary>
    private bool SeemsImmutable(INamedTypeSymbol type) =>
        (type.IsSealed || type.IsValueType)
        && SerializedMember.Of(type).All(m => (m.IsReadOnly || type.IsValueType) && Look(m.Type) != Mutability.Mutable);

    private Mutability FromParts(ITypeSymbol type, List<ITypeSymbol> parts, string copier, int maxParts)
    {
        var most = parts.Aggregate(Mutability.Never, (found, part) => Most(found, Look(part)));
        if (most == Mutability.Never)
        {
            return most;
        }

        _cannotCross |= parts.Count > maxParts;
        Register(type, $"{Names.Copying}.{copier}<{string.Join(", ", parts.Select(Names.Full))}>");
        return most;
    }

    private void LookAtAll(IEnumerable<ITypeSymbol> types)
    {
        foreach (var type in types)
        {
            Look(type);
        }
    }

    private void Register(ITypeSymbol type, string copier) => Register(Names.Full(type), copier, type);

    private void Register(string type, string copier, ITypeSymbol closed)
    {
        // What an open generic type contains is registered where it is closed.
        if (IsOpen(closed))
        {
            return;
        }

        var statement = $"builder.AddCopier<{type}>(static () => new {copier}());";
        if (!_registrations.Contains(statement))
        {
            _registrations.Add(statement);
        }
    }

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen),
        _ => false,
    };

    private static Mutability Most(Mutability one, Mutability other) => one > other ? one : other;

    private static bool IsImmutable(INamedTypeSymbol type) =>
        type.TypeKind is TypeKind.Enum or TypeKind.Error
        || type.SpecialType is (>= SpecialType.System_Boolean and <= SpecialType.System_String) or SpecialType.System_DateTime or SpecialType.System_IntPtr or SpecialType.System_UIntPtr
        || Immutable.Contains(Names.Plain(type))
        || type.Is("Orleans.Runtime.IAddressable")
        || type.DerivesFrom("System.Exception")
        || (type.Has("Orleans.ImmutableAttribute") && !type.Has("Orleans.GenerateSerializerAttribute"));
}
