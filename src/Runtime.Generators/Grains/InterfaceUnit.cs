using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Molino.Runtime.Generators.Copiers;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Grains;

/// <summary>Writes the reference of a grain interface, with one class per method that holds a call.</summary>
internal static class InterfaceUnit
{
    /// <summary>Writes the reference.</summary>
    /// <param name="type">The interface.</param>
    /// <returns>The file, or only mistakes.</returns>
    public static Unit Create(INamedTypeSymbol type)
    {
        var mistakes = new List<Mistake>();
        if (type.IsGenericType)
        {
            mistakes.Add(Mistake.At(Mistakes.Generic, type));
        }

        if (!type.IsUsableInAssembly())
        {
            mistakes.Add(Mistake.At(Mistakes.Inaccessible, type));
        }

        var survey = new TypeSurvey();
        var methods = new List<MethodCode>();
        foreach (var declaring in type.AllInterfaces.Where(i => i.IsGrainInterface() || i.IsObserverInterface()).Prepend(type))
        {
            foreach (var member in declaring.GetMembers().Where(m => !m.IsStatic && m is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }))
            {
                if (member is IMethodSymbol method)
                {
                    if (MethodCode.TryCreate(method, methods.Count, survey, mistakes) is { } code)
                    {
                        methods.Add(code);
                    }
                }
                else if (member is not INamedTypeSymbol)
                {
                    mistakes.Add(Mistake.At(Mistakes.NotAMethod, member));
                }
            }
        }

        var name = $"Reference_{Names.Identifier(Names.Plain(type))}";
        var registrations = survey.Registrations.ToList();
        var isGood = mistakes.Count == 0;
        if (isGood)
        {
            registrations.Add($"builder.AddInterface(typeof({Names.Full(type)}), static (origin, key) => new {name}(origin, key));");
            registrations.Add($"{name}.RegisterCalls(builder);");
        }

        return new Unit(
            isGood ? name : string.Empty, isGood ? Code(type, name, methods) : string.Empty, new(registrations.ToImmutableArray()), new(mistakes.ToImmutableArray()));
    }

    private static string Code(INamedTypeSymbol type, string name, List<MethodCode> methods)
    {
        var text = new StringBuilder();
        text.AppendLine($"    internal sealed class {name} : {Names.CodeGeneration}.GrainProxy, {Names.Full(type)}");
        text.AppendLine("    {");
        text.AppendLine($"        public {name}({Names.CodeGeneration}.GrainReferenceOrigin origin, global::Orleans.Runtime.IdSpan key) : base(origin, key) {{ }}");
        text.AppendLine($"        internal static void RegisterCalls({Names.CodeGeneration}.GrainManifestBuilder builder)");
        text.AppendLine("        {");
        foreach (var method in methods)
        {
            text.AppendLine($"            {method.Registration}");
        }

        text.AppendLine("        }");
        foreach (var method in methods)
        {
            text.AppendLine();
            text.Append(method.ProxyMethod);
        }

        foreach (var method in methods)
        {
            text.AppendLine();
            text.Append(method.CallClass);
        }

        text.AppendLine("    }");
        return text.ToString();
    }
}
