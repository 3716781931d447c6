using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Molino.Runtime.Generators.Copiers;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Codecs;

/// <summary>Writes the wire codec of a type with <c>[GenerateSerializer]</c>. What is wrong with the type is reported with its copier.</summary>
internal static class CodecUnit
{
    /// <summary>Record parameters without an id are numbered by position from here.</summary>
    private const uint FirstPositionalId = 1 << 20;

    /// <summary>Writes the codec.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The file, or null when the type needs none.</returns>
    public static Unit? Create(INamedTypeSymbol type)
    {
        if (type.IsAbstract || type.TypeKind is not (TypeKind.Class or TypeKind.Struct) || !type.IsUsableInAssembly() || SerializedMember.Forgotten(type).Any())
        {
            return null;
        }

        var name = $"Codec_{Names.Identifier(Names.Plain(type))}";
        var wireName = SymbolDisplay.FormatLiteral(Names.OnWire(type), quote: true);
        var registration = type.IsGenericType
            ? $"builder.AddGenericCodec({wireName}, typeof({type.ConstructUnboundGenericType().ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)}), typeof({name}<{new string(',', type.TypeParameters.Length - 1)}>));"
            : $"builder.AddCodec<{Names.Full(type)}>({wireName}, static () => new {name}());";
        return new Unit(name, Code(type, name), new(ImmutableArray.Create(registration)), new(ImmutableArray<Mistake>.Empty));
    }

    private static string Code(INamedTypeSymbol type, string name)
    {
        var full = Names.Full(type);
        var parameters = type.IsGenericType ? $"<{string.Join(", ", type.TypeParameters.Select(p => p.Name))}>" : string.Empty;
        var accessors = new StringBuilder();
        var write = new StringBuilder();
        var read = new StringBuilder();
        var levels = Levels(type);
        for (var i = 0; i < levels.Count; i++)
        {
            if (i > 0)
            {
                write.AppendLine("            writer.Level();");
            }

            WriteLevel(levels[i], write, read, accessors);
        }

        var text = new StringBuilder();
        text.AppendLine($"    internal sealed class {name}{parameters} : {Names.Wire}.MessageCodec<{full}>{CopierUnit.Constraints(type)}");
        text.AppendLine("    {");
        text.AppendLine($"        protected override {full} Create() => {New(type, full, accessors)};");
        text.AppendLine($"        protected override void WriteMembers({Names.Wire}.WireWriter writer, {full} value)");
        text.AppendLine("        {");
        text.Append(write);
        text.AppendLine("        }");
        text.AppendLine($"        protected override void ReadMembers(ref {Names.Wire}.WireReader reader, ref {full} value)");
        text.AppendLine("        {");
        text.AppendLine("            var isEnd = false;");
        text.Append(read);
        text.AppendLine("            reader.SkipRest(isEnd);");
        text.AppendLine("        }");
        text.Append(accessors);
        text.AppendLine("    }");
        return text.ToString();
    }

    private static void WriteLevel(List<(SerializedMember Member, uint Id)> members, StringBuilder write, StringBuilder read, StringBuilder accessors)
    {
        read.AppendLine($"            while (reader.NextField(out var id, out var kind, ref isEnd))");
        read.AppendLine("            {");
        read.AppendLine("                switch (id)");
        read.AppendLine("                {");
        foreach (var (member, number) in members)
        {
            var id = number.ToString(CultureInfo.InvariantCulture);
            var (get, set) = Access(member, accessors);
            write.AppendLine($"            writer.Field<{Names.Full(member.Type)}>({id}u, {get});");
            read.AppendLine($"                    case {id}u: {set} = reader.Value<{Names.Full(member.Type)}>(kind); break;");
        }

        read.AppendLine("                    default: reader.Skip(kind); break;");
        read.AppendLine("                }");
        read.AppendLine("            }");
    }

    /// <summary>The classes of the hierarchy that have members of their own or could get some, from the base down.</summary>
    private static List<List<(SerializedMember Member, uint Id)>> Levels(INamedTypeSymbol type)
    {
        var levels = new List<List<(SerializedMember, uint)>>();
        for (var current = type; current is not null; current = current.BaseType)
        {
            var members = SerializedMember.DeclaredBy(current).ToList();
            if (members.Count > 0 || current.Has("Orleans.GenerateSerializerAttribute"))
            {
                levels.Insert(0, [.. members.Select((member, index) => (member, member.Id ?? FirstPositionalId + (uint)index))]);
            }
        }

        return levels;
    }

    private static (string Get, string Set) Access(SerializedMember member, StringBuilder accessors)
    {
        var declaring = member.Symbol.ContainingType;
        var byRef = declaring.IsValueType ? "ref " : string.Empty;
        var field = $"Field_{Names.Identifier(Names.Plain(declaring))}_{member.Symbol.Name}";
        if (!member.IsReadable || !member.IsAssignable)
        {
            accessors.AppendLine($"        [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Field, Name = \"{member.FieldName}\")]");
            accessors.AppendLine($"        private static extern ref {Names.Full(member.Type)} {field}({byRef}{Names.Full(declaring)} target);");
        }

        var name = $"value.@{member.Symbol.Name}";
        return (member.IsReadable ? name : $"{field}({byRef}value)", member.IsAssignable ? name : $"{field}({byRef}value)");
    }

    /// <summary>A constructor without parameters runs, whatever its accessibility, so that members which the sender does not know keep their initial values.</summary>
    private static string New(INamedTypeSymbol type, string full, StringBuilder accessors)
    {
        if (type.IsValueType)
        {
            return $"default({full})";
        }

        if (type.IsGenericType || !type.InstanceConstructors.Any(c => c.Parameters.Length == 0))
        {
            return $"({full})global::System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof({full}))";
        }

        accessors.AppendLine("        [global::System.Runtime.CompilerServices.UnsafeAccessor(global::System.Runtime.CompilerServices.UnsafeAccessorKind.Constructor)]");
        accessors.AppendLine($"        private static extern {full} New();");
        return "New()";
    }
}
