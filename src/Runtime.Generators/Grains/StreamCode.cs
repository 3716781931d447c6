using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Grains;

/// <summary>Writes the code of grain methods that return streams.</summary>
internal static class StreamCode
{
    private const string Token = "global::System.Threading.CancellationToken";

    /// <summary>Writes the method of the reference and the class of the call that opens the stream.</summary>
    /// <param name="method">The method.</param>
    /// <param name="index">Its number in the reference.</param>
    /// <param name="element">The type of the elements.</param>
    /// <param name="arguments">The arguments and the fields that hold them.</param>
    /// <param name="copiesArguments">Whether some argument is copied on every call.</param>
    /// <param name="copiesElements">Whether elements are copied.</param>
    /// <param name="copies">Statements that copy the arguments.</param>
    /// <returns>The code.</returns>
    public static MethodCode Write(
        IMethodSymbol method, int index, ITypeSymbol element, List<(IParameterSymbol Parameter, string Field)> arguments, bool copiesArguments, bool copiesElements, string copies)
    {
        var callClass = $"{method.Name}_{index}";
        var declaring = Names.Full(method.ContainingType);
        var type = Names.Full(element);
        var token = method.Parameters.FirstOrDefault(p => MethodCode.IsToken(p.Type));
        var parameters = string.Join(", ", method.Parameters.Select(p => $"{Names.Full(p.Type)} @{p.Name}"));
        var call = $"new {callClass} {{ {string.Join(", ", arguments.Select(a => $"{a.Field} = @{a.Parameter.Name}"))} }}";
        var proxy = $"        {Names.Full(method.ReturnType)} {declaring}.{method.Name}({parameters}) => OpenStream<{type}>(() => {call}{(token is null ? string.Empty : $", @{token.Name}")});\n";
        var wireName = $"{Names.OnWire(method.ContainingType)}/{Names.OnWire(method)}";
        var passed = string.Join(", ", method.Parameters.Select(p => MethodCode.IsToken(p.Type) ? "cancellationToken" : arguments.First(a => SymbolEqualityComparer.Default.Equals(a.Parameter, p)).Field));
        var text = new StringBuilder();
        text.AppendLine($"        private sealed class {callClass} : {Names.CodeGeneration}.GrainStreamCall<{type}>");
        text.AppendLine("        {");
        foreach (var (parameter, field) in arguments)
        {
            text.AppendLine($"            public {Names.Full(parameter.Type)} {field};");
        }

        text.AppendLine($"            internal static readonly {Names.CodeGeneration}.GrainMethod Facts = {Facts(method, wireName, copiesArguments, copiesElements)};");
        text.AppendLine($"            internal static readonly {Names.CodeGeneration}.GrainMethod NextFacts = {Facts(method, wireName + "#next", copiesArguments: false, copiesElements)};");
        text.AppendLine($"            public override {Names.CodeGeneration}.GrainMethod Method => Facts;");
        text.AppendLine($"            public override {Names.CodeGeneration}.GrainMethod NextMethod => NextFacts;");
        if (copies.Length > 0)
        {
            text.AppendLine($"            public override void CopyArguments({Names.Copying}.CopyContext context) {{ {copies}}}");
        }

        text.Append(MethodCode.WireMethods([("global::System.Guid", "StreamId"), ("int", "BatchSize"), .. arguments.Select(a => (Names.Full(a.Parameter.Type), a.Field))]));
        text.AppendLine($"            protected override global::System.Collections.Generic.IAsyncEnumerable<{type}> Open(object grain, {Token} cancellationToken) => (({declaring})grain).{method.Name}({passed});");
        text.AppendLine("        }");
        return new MethodCode(
            proxy,
            text.ToString(),
            $"builder.AddCall({Literal(wireName)}, static () => new {callClass}()); builder.AddCall({Literal(wireName + "#next")}, static () => new {Names.CodeGeneration}.GrainStreamNext<{type}>({callClass}.NextFacts));");
    }

    private static string Facts(IMethodSymbol method, string wireName, bool copiesArguments, bool copiesElements)
    {
        var options = $"{Names.CodeGeneration}.GrainCallOptions.AlwaysInterleave"
            + (copiesArguments ? $" | {Names.CodeGeneration}.GrainCallOptions.CopiesArguments" : string.Empty)
            + (copiesElements ? $" | {Names.CodeGeneration}.GrainCallOptions.CopiesResult" : string.Empty);
        return $"new({Literal(Names.Plain(method.ContainingType))}, {Literal(method.Name)}, {options}, null, {Literal(wireName)})";
    }

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);
}
