using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Molino.Runtime.Tests.Api;

/// <summary>Lists the public and protected signatures of an assembly file, one text each, without loading anything that it refers to.</summary>
internal static class ApiReader
{
    /// <summary>Reads the signatures of the types in some namespaces.</summary>
    /// <param name="path">The assembly file.</param>
    /// <param name="isWanted">Tells of which namespaces.</param>
    /// <returns>The signatures, by the full name of the type.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string path, Func<string, bool> isWanted)
    {
        using var file = new PEReader(File.OpenRead(path));
        var reader = file.GetMetadataReader();
        var types = new Dictionary<string, IReadOnlyList<string>>();
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            if (isWanted(Outermost(reader, type)) && IsVisible(reader, type))
            {
                types[SignatureNames.NameOf(reader, handle)] = [.. Members(reader, handle, type)];
            }
        }

        return types;
    }

    private static string Outermost(MetadataReader reader, TypeDefinition type) =>
        type.GetDeclaringType() is { IsNil: false } outer ? Outermost(reader, reader.GetTypeDefinition(outer)) : reader.GetString(type.Namespace);

    private static bool IsVisible(MetadataReader reader, TypeDefinition type) => (type.Attributes & TypeAttributes.VisibilityMask) switch
    {
        TypeAttributes.Public => true,
        TypeAttributes.NestedPublic or TypeAttributes.NestedFamily or TypeAttributes.NestedFamORAssem =>
            IsVisible(reader, reader.GetTypeDefinition(type.GetDeclaringType())),
        _ => false,
    };

    private static IEnumerable<string> Members(MetadataReader reader, TypeDefinitionHandle handle, TypeDefinition type)
    {
        var name = SignatureNames.NameOf(reader, handle);
        yield return $"type {name} : {Kind(reader, type)}";
        foreach (var method in type.GetMethods().Select(reader.GetMethodDefinition).Where(m => IsVisible(m.Attributes)))
        {
            var signature = method.DecodeSignature(SignatureNames.Instance, null);
            var arity = method.GetGenericParameters().Count is var count and > 0 ? $"`{count.ToString(CultureInfo.InvariantCulture)}" : string.Empty;
            var isStatic = method.Attributes.HasFlag(MethodAttributes.Static) ? "static " : string.Empty;
            yield return $"{isStatic}{name}.{reader.GetString(method.Name)}{arity}({string.Join(", ", signature.ParameterTypes)}) -> {signature.ReturnType}";
        }

        foreach (var field in type.GetFields().Select(reader.GetFieldDefinition).Where(f => IsVisible((MethodAttributes)(f.Attributes & FieldAttributes.FieldAccessMask))))
        {
            if (!field.Attributes.HasFlag(FieldAttributes.SpecialName))
            {
                yield return $"field {name}.{reader.GetString(field.Name)} : {field.DecodeSignature(SignatureNames.Instance, null)}{Value(reader, field)}";
            }
        }
    }

    private static bool IsVisible(MethodAttributes attributes) =>
        (attributes & MethodAttributes.MemberAccessMask) is MethodAttributes.Public or MethodAttributes.Family or MethodAttributes.FamORAssem;

    private static string Kind(MetadataReader reader, TypeDefinition type)
    {
        if (type.Attributes.HasFlag(TypeAttributes.Interface))
        {
            return "interface";
        }

        var parent = type.BaseType.IsNil ? string.Empty : SignatureNames.NameOf(reader, type.BaseType);
        return parent switch
        {
            "System.Enum" => "enum",
            "System.ValueType" => "struct",
            _ => (type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) switch
            {
                TypeAttributes.Abstract | TypeAttributes.Sealed => "static class",
                TypeAttributes.Abstract => $"abstract class {parent}",
                TypeAttributes.Sealed => $"sealed class {parent}",
                _ => $"class {parent}",
            },
        };
    }

    private static string Value(MetadataReader reader, FieldDefinition field)
    {
        if (field.GetDefaultValue().IsNil)
        {
            return string.Empty;
        }

        var constant = reader.GetConstant(field.GetDefaultValue());
        return $" = {Convert.ToString(reader.GetBlobReader(constant.Value).ReadConstant(constant.TypeCode), CultureInfo.InvariantCulture)}";
    }
}
