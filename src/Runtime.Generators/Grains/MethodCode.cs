using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Molino.Runtime.Generators.Copiers;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Grains;

/// <summary>The code of one grain method: the method of the reference, and the class of its calls.</summary>
/// <param name="ProxyMethod">The method of the reference.</param>
/// <param name="CallClass">The class that holds a call.</param>
/// <param name="Registration">The statement that makes the method callable from other silos.</param>
internal sealed record MethodCode(string ProxyMethod, string CallClass, string Registration)
{
    private const string Token = "global::System.Threading.CancellationToken";

    /// <summary>Writes the code of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="index">Its number in the reference.</param>
    /// <param name="survey">Looks at the types.</param>
    /// <param name="mistakes">Mistakes are added here.</param>
    /// <returns>The code, or null when the method is wrong.</returns>
    public static MethodCode? TryCreate(IMethodSymbol method, int index, TypeSurvey survey, List<Mistake> mistakes)
    {
        var before = mistakes.Count;
        var returns = ReturnShape.Of(method.ReturnType, method.ContainingType.IsObserverInterface());
        var isOneWay = method.Has("Orleans.Concurrency.OneWayAttribute") || returns is { IsVoid: true };
        if (returns is null)
        {
            mistakes.Add(Mistake.At(Mistakes.ReturnType, method));
            return null;
        }

        if (method.IsGenericMethod)
        {
            mistakes.Add(Mistake.At(Mistakes.Generic, method));
        }

        if (isOneWay && returns.Result is not null)
        {
            mistakes.Add(Mistake.At(Mistakes.OneWayResult, method));
        }

        if (method.Parameters.Count(p => IsToken(p.Type)) > 1)
        {
            mistakes.Add(Mistake.At(Mistakes.SeveralTokens, method));
        }

        var arguments = method.Parameters.Where(p => !IsToken(p.Type)).Select((p, i) => Argument(p, i, survey, mistakes)).ToList();
        var result = returns.Result is null ? Mutability.Never : Handing(returns.Result, method, method.GetReturnTypeAttributes(), survey, mistakes);
        return mistakes.Count > before ? null : Write(method, index, returns, isOneWay, arguments, result);
    }

    private static MethodCode Write(
        IMethodSymbol method, int index, ReturnShape returns, bool isOneWay, List<(IParameterSymbol Parameter, string Field, Mutability Handing)> arguments, Mutability result)
    {
        if (returns.IsStream)
        {
            return StreamCode.Write(method, index, returns.Result!, arguments.Select(a => (a.Parameter, a.Field)).ToList(), arguments.Any(a => a.Handing == Mutability.Mutable), result == Mutability.Mutable,
                string.Concat(arguments.Where(a => a.Handing != Mutability.Never).Select(a => $"{a.Field} = context.Copy({a.Field}); ")));
        }

        var callClass = $"{method.Name}_{index}";
        var declaring = Names.Full(method.ContainingType);
        var parameters = string.Join(", ", method.Parameters.Select(p => $"{Names.Full(p.Type)} @{p.Name}"));
        var token = method.Parameters.FirstOrDefault(p => IsToken(p.Type));
        var call = $"new {callClass} {{ {string.Join(", ", arguments.Select(a => $"{a.Field} = @{a.Parameter.Name}"))} }}";
        var send = isOneWay ? $"SendOneWayAsync({call})" : $"SendAsync({call}{(token is null ? string.Empty : $", @{token.Name}")})";
        var proxy = new StringBuilder();
        proxy.AppendLine($"        {Names.Full(method.ReturnType)} {declaring}.{method.Name}({parameters}) => {returns.Wrap(send)};");

        var invocation = $"(({declaring})grain).{method.Name}({string.Join(", ", method.Parameters.Select(p => IsToken(p.Type) ? "cancellationToken" : arguments.First(a => SymbolEqualityComparer.Default.Equals(a.Parameter, p)).Field))})";
        var wireName = Literal($"{Names.OnWire(method.ContainingType)}/{Names.OnWire(method)}");
        var resultType = returns.Result is null ? null : Names.Full(returns.Result);
        var text = new StringBuilder();
        text.AppendLine($"        private sealed class {callClass} : {Names.CodeGeneration}.{(resultType is null ? "GrainAction" : $"GrainCall<{resultType}>")}");
        text.AppendLine("        {");
        foreach (var (parameter, field, _) in arguments)
        {
            text.AppendLine($"            public {Names.Full(parameter.Type)} {field};");
        }

        text.AppendLine($"            private static readonly {Names.CodeGeneration}.GrainMethod Facts = new({Literal(Names.Plain(method.ContainingType))}, {Literal(method.Name)}, {Options(method, isOneWay, arguments, result)}, {Timeout(method)}, {wireName});");
        text.AppendLine($"            public override {Names.CodeGeneration}.GrainMethod Method => Facts;");
        var copied = arguments.Where(a => a.Handing != Mutability.Never).ToList();
        if (copied.Count > 0)
        {
            text.AppendLine($"            public override void CopyArguments({Names.Copying}.CopyContext context) {{ {string.Join(" ", copied.Select(a => $"{a.Field} = context.Copy({a.Field});"))} }}");
        }

        text.Append(WireMethods(arguments));
        text.AppendLine(returns.IsVoid
            ? $"            protected override global::System.Threading.Tasks.ValueTask InvokeActionAsync(object grain, {Token} cancellationToken) {{ {invocation}; return default; }}"
            : resultType is null
            ? $"            protected override global::System.Threading.Tasks.ValueTask InvokeActionAsync(object grain, {Token} cancellationToken) => {returns.AsValueTask(invocation)};"
            : $"            protected override global::System.Threading.Tasks.ValueTask<{resultType}> InvokeAsync(object grain, {Token} cancellationToken) => {returns.AsValueTask(invocation)};");
        if (resultType is not null && result != Mutability.Never)
        {
            text.AppendLine($"            protected override {resultType} CopyResult({resultType} result, {Names.Copying}.CopyContext context) => context.Copy(result);");
        }

        text.AppendLine("        }");
        return new MethodCode(proxy.ToString(), text.ToString(), $"builder.AddCall({wireName}, static () => new {callClass}());");
    }

    private static string WireMethods(List<(IParameterSymbol Parameter, string Field, Mutability Handing)> arguments) => WireMethods([.. arguments.Select(a => (Names.Full(a.Parameter.Type), a.Field))]);

    /// <summary>Writes the methods that put members on the wire and take them from there.</summary>
    /// <param name="arguments">Types and names of the members, numbered by position.</param>
    /// <returns>The code.</returns>
    internal static string WireMethods(List<(string Type, string Field)> arguments)
    {
        if (arguments.Count == 0)
        {
            return string.Empty;
        }

        var writes = arguments.Select((a, i) => $"writer.Field<{a.Type}>({i}u, {a.Field});");
        var reads = arguments.Select((a, i) => $"case {i}u: {a.Field} = reader.Value<{a.Type}>(kind); break;");
        return $$"""
                        public override void WriteArguments({{Names.Wire}}.WireWriter writer) { {{string.Join(" ", writes)}} }
                        public override void ReadArguments(ref {{Names.Wire}}.WireReader reader)
                        {
                            var isEnd = false;
                            while (reader.NextField(out var id, out var kind, ref isEnd))
                            {
                                switch (id) { {{string.Join(" ", reads)}} default: reader.Skip(kind); break; }
                            }

                            reader.SkipRest(isEnd);
                        }

            """;
    }

    private static (IParameterSymbol Parameter, string Field, Mutability Handing) Argument(IParameterSymbol parameter, int index, TypeSurvey survey, List<Mistake> mistakes)
    {
        if (parameter.RefKind != RefKind.None)
        {
            mistakes.Add(Mistake.At(Mistakes.ByReference, parameter));
        }

        return (parameter, $"Argument{index}", Handing(parameter.Type, parameter, parameter.GetAttributes(), survey, mistakes));
    }

    private static Mutability Handing(ITypeSymbol type, ISymbol at, IEnumerable<AttributeData> attributes, TypeSurvey survey, List<Mistake> mistakes)
    {
        var mutability = survey.Look(type, out var canCross);
        if (attributes.Any(a => a.AttributeClass is { } c && Names.Plain(c) == "Orleans.ImmutableAttribute"))
        {
            return mutability == Mutability.Mutable ? Mutability.Declared : mutability;
        }

        if (!canCross)
        {
            mistakes.Add(Mistake.At(Mistakes.CannotCross, at, type.ToDisplayString()));
        }

        return mutability;
    }

    private static string Options(
        IMethodSymbol method, bool isOneWay, List<(IParameterSymbol Parameter, string Field, Mutability Handing)> arguments, Mutability result)
    {
        var options = new List<string> { "None" };
        AddIf(isOneWay, "OneWay");
        AddIf(method.Has("Orleans.Concurrency.ReadOnlyAttribute"), "ReadOnly");
        AddIf(method.Has("Orleans.Concurrency.AlwaysInterleaveAttribute"), "AlwaysInterleave");
        AddIf(arguments.Any(a => a.Handing == Mutability.Mutable), "CopiesArguments");
        AddIf(result == Mutability.Mutable, "CopiesResult");
        return string.Join(" | ", options.Select(o => $"{Names.CodeGeneration}.GrainCallOptions.{o}"));

        void AddIf(bool condition, string option)
        {
            if (condition)
            {
                options.Add(option);
            }
        }
    }

    private static string Timeout(IMethodSymbol method) =>
        method.Attribute("Orleans.ResponseTimeoutAttribute").FirstArgument() is string timeout ? Literal(timeout) : "null";

    private static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    internal static bool IsToken(ITypeSymbol type) => Names.Plain(type) == "System.Threading.CancellationToken";
}
