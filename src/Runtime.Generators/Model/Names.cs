using System.Text;
using Microsoft.CodeAnalysis;

namespace Molino.Runtime.Generators.Model;

/// <summary>How generated code names things.</summary>
internal static class Names
{
    public const string CodeGeneration = "global::Molino.Runtime.CodeGeneration";
    public const string Copying = "global::Molino.Runtime.Copying";
    public const string Wire = "global::Molino.Runtime.Wire";

    private static readonly SymbolDisplayFormat Metadata = new(
        SymbolDisplayGlobalNamespaceStyle.Omitted,
        SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        SymbolDisplayGenericsOptions.None);

    /// <summary>Returns the name that finds a type from anywhere.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string Full(ITypeSymbol type) => type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    /// <summary>Returns the name without generic arguments, as in <c>N.Outer.Inner</c>.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string Plain(ITypeSymbol type) => type.ToDisplayString(Metadata);

    /// <summary>Returns the namespace of the generated code of an assembly.</summary>
    /// <param name="assemblyName">The assembly.</param>
    /// <returns>The namespace.</returns>
    public static string Namespace(string assemblyName) => $"Molino.Generated.{Identifier(assemblyName)}";

    /// <summary>Returns the name of a type's copier, without generic arguments.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The name.</returns>
    public static string Copier(INamedTypeSymbol type) => $"Copier_{Identifier(Plain(type))}";

    /// <summary>Returns the name of a type or method on the wire: its alias, else its name.</summary>
    /// <param name="symbol">The symbol.</param>
    /// <returns>The name.</returns>
    public static string OnWire(ISymbol symbol) =>
        symbol.Attribute("Orleans.AliasAttribute").FirstArgument() as string
        ?? (symbol switch
        {
            ITypeSymbol type => Plain(type),
            IMethodSymbol method => $"{method.Name}({string.Join(",", method.Parameters.Select(p => p.Type.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat)))})",
            _ => symbol.Name,
        });

    /// <summary>Makes an identifier of a name.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The identifier.</returns>
    public static string Identifier(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            text.Append(char.IsLetterOrDigit(c) ? c : '_');
        }

        return text.ToString();
    }
}
