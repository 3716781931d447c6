using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Molino.Runtime.Generators.Model;

/// <summary>A diagnostic as plain data.</summary>
/// <param name="Id">The id of the diagnostic.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Detail">What else the message names.</param>
/// <param name="Path">The file, or empty.</param>
/// <param name="Span">The place in the file.</param>
/// <param name="Lines">The place in lines.</param>
internal sealed record Mistake(string Id, string Subject, string Detail, string Path, TextSpan Span, LinePositionSpan Lines)
{
    /// <summary>Notes a mistake at a symbol.</summary>
    /// <param name="descriptor">The kind.</param>
    /// <param name="at">The symbol.</param>
    /// <param name="detail">What else the message names.</param>
    /// <returns>The mistake.</returns>
    public static Mistake At(DiagnosticDescriptor descriptor, ISymbol at, string detail = "")
    {
        var location = at.Locations.FirstOrDefault(l => l.IsInSource);
        return new Mistake(
            descriptor.Id,
            at.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat),
            detail,
            location?.SourceTree?.FilePath ?? string.Empty,
            location?.SourceSpan ?? default,
            location?.GetLineSpan().Span ?? default);
    }

    /// <summary>Makes the diagnostic.</summary>
    /// <returns>The diagnostic.</returns>
    public Diagnostic ToDiagnostic() =>
        Diagnostic.Create(Mistakes.All[Id], Path.Length == 0 ? Location.None : Location.Create(Path, Span, Lines), Subject, Detail);
}
