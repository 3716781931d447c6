using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Orleans;

namespace Molino.Runtime.Generators.Tests;

/// <summary>What the generator makes of a source text.</summary>
internal sealed record Generated(IReadOnlyList<string> Mistakes, IReadOnlyList<string> CompilerErrors, IReadOnlyDictionary<string, string> Files)
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;
        using Orleans;
        using Orleans.Concurrency;
        using Orleans.Runtime;

        """;

    private static readonly List<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Append(typeof(IGrain).Assembly.Location).Distinct().Select(path => MetadataReference.CreateFromFile(path)),
    ];

    public static Generated From(string source)
    {
        var compilation = Compile(Usings + source);
        var driver = CSharpGeneratorDriver.Create(new GrainCodeGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return new Generated(
            [.. diagnostics.Select(d => $"{d.Id}: {d.GetMessage(null)}")],
            [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())],
            driver.GetRunResult().GeneratedTrees.ToDictionary(t => Path.GetFileName(t.FilePath), t => t.ToString()));
    }

    public static CSharpCompilation Compile(string source) => CSharpCompilation.Create(
        "Sample.Grains",
        [CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest))],
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
}
