using Microsoft.CodeAnalysis;

namespace Molino.Runtime.Generators.Model;

/// <summary>Questions about symbols.</summary>
internal static class SymbolFacts
{
    /// <summary>Finds an attribute by its full name.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="fullName">The name.</param>
    /// <returns>The attribute, or null.</returns>
    public static AttributeData? Attribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(a => a.AttributeClass is { } type && Names.Plain(type) == fullName);

    /// <summary>Tells whether a symbol carries an attribute.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <param name="fullName">The attribute's full name.</param>
    /// <returns>True when it does.</returns>
    public static bool Has(this ISymbol symbol, string fullName) => symbol.Attribute(fullName) is not null;

    /// <summary>Finds an attribute on a class or a base of it.</summary>
    /// <param name="type">The class.</param>
    /// <param name="fullName">The name.</param>
    /// <returns>The attribute, or null.</returns>
    public static AttributeData? InheritedAttribute(this INamedTypeSymbol type, string fullName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (current.Attribute(fullName) is { } attribute)
            {
                return attribute;
            }
        }

        return null;
    }

    /// <summary>Tells whether a type implements or extends an interface, or is it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="fullName">The interface's full name.</param>
    /// <returns>True when it does.</returns>
    public static bool Is(this ITypeSymbol type, string fullName) =>
        Names.Plain(type) == fullName || type.AllInterfaces.Any(i => Names.Plain(i) == fullName);

    /// <summary>Tells whether a type derives from a class, or is it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="fullName">The class's full name.</param>
    /// <returns>True when it does.</returns>
    public static bool DerivesFrom(this ITypeSymbol type, string fullName)
    {
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Names.Plain(current) == fullName)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Tells whether an interface is a grain interface of the application, not one of the roots.</summary>
    /// <param name="type">The interface.</param>
    /// <returns>True when it is.</returns>
    public static bool IsGrainInterface(this INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(i => Names.Plain(i) == "Orleans.IGrain")
        && !Names.Plain(type).StartsWith("Orleans.IGrainWith", StringComparison.Ordinal);

    /// <summary>Tells whether an interface is an observer interface of the application, not the root.</summary>
    /// <param name="type">The interface.</param>
    /// <returns>True when it is.</returns>
    public static bool IsObserverInterface(this INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface && type.AllInterfaces.Any(i => Names.Plain(i) == "Orleans.IGrainObserver");

    /// <summary>Tells whether code in the same assembly may use a symbol.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>True when it may.</returns>
    public static bool IsUsableInAssembly(this ISymbol symbol)
    {
        for (var current = symbol; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns the first constructor argument of an attribute.</summary>
    /// <param name="attribute">The attribute, or null.</param>
    /// <returns>The argument, or null.</returns>
    public static object? FirstArgument(this AttributeData? attribute) =>
        attribute is { ConstructorArguments.Length: > 0 } ? attribute.ConstructorArguments[0].Value : null;
}
