using Microsoft.CodeAnalysis;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Copiers;

/// <summary>A member of a message.</summary>
/// <param name="Symbol">The property or field.</param>
/// <param name="Type">Its type.</param>
/// <param name="Id">Its number, or null for a parameter of a record, which counts by position.</param>
internal sealed record SerializedMember(ISymbol Symbol, ITypeSymbol Type, uint? Id)
{
    private const string IdAttribute = "Orleans.IdAttribute";

    /// <summary>Gets a value indicating whether nothing sets it after construction.</summary>
    public bool IsReadOnly => Symbol switch
    {
        IPropertySymbol property => property.SetMethod is null or { IsInitOnly: true },
        IFieldSymbol variable => variable.IsReadOnly,
        _ => false,
    };

    /// <summary>Gets a value indicating whether generated code may assign it.</summary>
    public bool IsAssignable => Symbol switch
    {
        IPropertySymbol { SetMethod: { IsInitOnly: false } set } => set.IsUsableInAssembly(),
        IFieldSymbol { IsReadOnly: false } variable => variable.IsUsableInAssembly(),
        _ => false,
    };

    /// <summary>Gets a value indicating whether generated code may read it.</summary>
    public bool IsReadable => Symbol switch
    {
        IPropertySymbol { GetMethod: { } get } => get.IsUsableInAssembly(),
        IFieldSymbol variable => variable.IsUsableInAssembly(),
        _ => false,
    };

    /// <summary>Gets the name of the field that holds it.</summary>
    public string FieldName => Symbol is IPropertySymbol ? $"<{Symbol.Name}>k__BackingField" : Symbol.Name;

    /// <summary>Lists the members of a type and of its bases.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The members.</returns>
    public static IEnumerable<SerializedMember> Of(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in DeclaredBy(current))
            {
                yield return member;
            }
        }
    }

    /// <summary>Lists the members that a type itself declares.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The members.</returns>
    public static IEnumerable<SerializedMember> DeclaredBy(INamedTypeSymbol type)
    {
        foreach (var symbol in type.GetMembers().Where(m => !m.IsStatic && !m.IsImplicitlyDeclared || IsPositional(type, m)))
        {
            var memberType = (symbol as IPropertySymbol)?.Type ?? (symbol as IFieldSymbol)?.Type;
            if (memberType is null)
            {
                continue;
            }

            var id = IdOf(symbol) ?? (ParameterOf(type, symbol) is { } parameter ? IdOf(parameter) : null);
            if (id is not null || IsPositional(type, symbol))
            {
                yield return new SerializedMember(symbol, memberType, id);
            }
        }
    }

    /// <summary>Lists what a type declares that would get lost.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The symbols.</returns>
    public static IEnumerable<ISymbol> Forgotten(INamedTypeSymbol type)
    {
        var kept = new HashSet<ISymbol>(DeclaredBy(type).Select(m => m.Symbol), SymbolEqualityComparer.Default);
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(f => !f.IsStatic && !f.IsConst && !f.Has("System.NonSerializedAttribute")))
        {
            var symbol = field.AssociatedSymbol ?? field;
            if (!kept.Contains(symbol) && (symbol is IPropertySymbol || !field.IsImplicitlyDeclared))
            {
                yield return symbol;
            }
        }
    }

    private static uint? IdOf(ISymbol symbol) =>
        symbol.Attribute(IdAttribute).FirstArgument() is uint id ? id : null;

    private static bool IsPositional(INamedTypeSymbol type, ISymbol symbol) => symbol is IPropertySymbol && ParameterOf(type, symbol) is not null;

    private static IParameterSymbol? ParameterOf(INamedTypeSymbol type, ISymbol symbol)
    {
        if (!type.IsRecord || symbol is not IPropertySymbol { IsStatic: false })
        {
            return null;
        }

        // The primary constructor of a record is the one that Deconstruct mirrors.
        var deconstruct = type.GetMembers("Deconstruct").OfType<IMethodSymbol>().FirstOrDefault(m => m.IsImplicitlyDeclared || m.DeclaringSyntaxReferences.Length == 0);
        if (deconstruct is null)
        {
            return null;
        }

        return type.InstanceConstructors
            .FirstOrDefault(c => c.Parameters.Length == deconstruct.Parameters.Length
                && c.Parameters.Zip(deconstruct.Parameters, (a, b) => a.Name == b.Name).All(same => same))
            ?.Parameters.FirstOrDefault(p => p.Name == symbol.Name);
    }
}
