using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Copiers;

/// <summary>Writes the copier of a type with <c>[GenerateSerializer]</c>.</summary>
internal static class CopierUnit
{
    /// <summary>Writes the copier.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The file, or only mistakes.</returns>
    public static Unit Create(INamedTypeSymbol type)
    {
        var mistakes = MistakesOf(type).ToList();
        var survey = new TypeSurvey();
        var mutability = survey.Look(type, out _);
        var members = new List<(SerializedMember Member, Mutability Mutability)>();
        foreach (var member in SerializedMember.Of(type))
        {
            members.Add((member, survey.Look(member.Type, out var canCross)));
            if (!canCross)
            {
                mistakes.Add(Mistake.At(Mistakes.CannotCross, member.Symbol, member.Type.ToDisplayString()));
            }
        }

        var registrations = survey.Registrations.ToList();
        var hasCopier = mistakes.Count == 0 && !type.IsAbstract && type.TypeKind is TypeKind.Class or TypeKind.Struct;
        var name = Names.Copier(type);
        if (hasCopier && !type.IsGenericType)
        {
            registrations.Add($"builder.AddCopier<{Names.Full(type)}>(static () => new {name}());");
        }

        return new Unit(
            hasCopier ? name : string.Empty,
            hasCopier ? Code(type, name, mutability, members) : string.Empty,
            new(registrations.ToImmutableArray()),
            new(mistakes.ToImmutableArray()));
    }

    private static IEnumerable<Mistake> MistakesOf(INamedTypeSymbol type)
    {
        if (!type.IsUsableInAssembly())
        {
            yield return Mistake.At(Mistakes.Inaccessible, type);
        }

        foreach (var forgotten in SerializedMember.Forgotten(type))
        {
            yield return Mistake.At(Mistakes.NoId, forgotten);
        }

        var ids = new HashSet<uint>();
        foreach (var member in SerializedMember.DeclaredBy(type))
        {
            if (member.Id is { } id && !ids.Add(id))
            {
                yield return Mistake.At(Mistakes.DuplicateId, member.Symbol, id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }
    }

    private static string Code(INamedTypeSymbol type, string name, Mutability mutability, List<(SerializedMember Member, Mutability Mutability)> members)
    {
        var full = Names.Full(type);
        var parameters = type.IsGenericType ? $"<{string.Join(", ", type.TypeParameters.Select(p => p.Name))}>" : string.Empty;
        var accessibility = IsPublic(type) ? "public" : "internal";
        var text = new StringBuilder();
        text.AppendLine($"    {accessibility} sealed class {name}{parameters} : {Names.Copying}.Copier<{full}>{Constraints(type)}");
        text.AppendLine("    {");
        text.AppendLine($"        public override {full} Copy({full} value, {Names.Copying}.CopyContext context)");
        text.AppendLine("        {");
        if (mutability == Mutability.Declared)
        {
            text.AppendLine("            if (!context.CopiesImmutable) { return value; }");
        }

        if (type.IsReferenceType)
        {
            text.AppendLine("            if (value is null) { return value; }");
            text.AppendLine("            if (context.TryGetCopy(value, out var known)) { return known; }");
            if (!type.IsSealed)
            {
                text.AppendLine($"            if (value.GetType() != typeof({full})) {{ return context.CopyByActualType(value); }}");
            }
        }

        text.AppendLine($"            var copy = {New(type, full)};");
        if (type.IsReferenceType)
        {
            text.AppendLine("            context.Record(value, copy);");
        }

        var accessors = new StringBuilder();
        var startsAsClone = type.IsRecord || type.IsValueType;
        foreach (var (member, _) in members.Where(m => !startsAsClone || m.Mutability != Mutability.Never))
        {
            text.AppendLine($"            {Assignment(member, members.First(m => ReferenceEquals(m.Member, member)).Mutability, accessors)}");
        }

        text.AppendLine("            return copy;");
        text.AppendLine("        }");
        text.Append(accessors);
        text.AppendLine("    }");
        return text.ToString();
    }

    private static string New(INamedTypeSymbol type, string full)
    {
        if (type.IsValueType)
        {
            return "value";
        }

        if (type.IsRecord)
        {
            return "value with { }";
        }

        var isPlain = type.InstanceConstructors.Any(c => c.Parameters.Length == 0 && c.IsUsableInAssembly())
            && !SerializedMember.Of(type).Any(m => m.Symbol is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true });
        return isPlain ? $"new {full}()" : $"({full})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({full}))";
    }

    private static string Assignment(SerializedMember member, Mutability mutability, StringBuilder accessors)
    {
        var name = $"@{member.Symbol.Name}";
        var field = $"Field_{Names.Identifier(Names.Plain(member.Symbol.ContainingType))}_{member.Symbol.Name}";
        var declaring = member.Symbol.ContainingType;
        var byRef = declaring.IsValueType ? "ref " : string.Empty;
        if (!member.IsReadable || !member.IsAssignable)
        {
            accessors.AppendLine();
            accessors.AppendLine($"        [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"{member.FieldName}\")]");
            accessors.AppendLine($"        private static extern ref {Names.Full(member.Type)} {field}({byRef}{Names.Full(declaring)} target);");
        }

        var source = member.IsReadable ? $"value.{name}" : $"{field}({byRef}value)";
        var target = member.IsAssignable ? $"copy.{name}" : $"{field}({byRef}copy)";
        return mutability == Mutability.Never ? $"{target} = {source};" : $"{target} = context.Copy({source});";
    }

    private static bool IsPublic(INamedTypeSymbol type)
    {
        for (var current = type; current is not null; current = current.ContainingType)
        {
            if (current.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Writes the constraints of a generic type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The clauses.</returns>
    internal static string Constraints(INamedTypeSymbol type)
    {
        var text = new StringBuilder();
        foreach (var parameter in type.TypeParameters)
        {
            var constraints = new List<string>();
            if (parameter.HasReferenceTypeConstraint)
            {
                constraints.Add("class");
            }
            else if (parameter.HasUnmanagedTypeConstraint)
            {
                constraints.Add("unmanaged");
            }
            else if (parameter.HasValueTypeConstraint)
            {
                constraints.Add("struct");
            }
            else if (parameter.HasNotNullConstraint)
            {
                constraints.Add("notnull");
            }

            constraints.AddRange(parameter.ConstraintTypes.Select(Names.Full));
            if (parameter.HasConstructorConstraint)
            {
                constraints.Add("new()");
            }

            if (constraints.Count > 0)
            {
                text.Append($" where {parameter.Name} : {string.Join(", ", constraints)}");
            }
        }

        return text.ToString();
    }
}
