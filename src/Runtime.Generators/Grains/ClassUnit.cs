using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Molino.Runtime.Generators.Copiers;
using Molino.Runtime.Generators.Model;

namespace Molino.Runtime.Generators.Grains;

/// <summary>Registers a grain class.</summary>
internal static class ClassUnit
{
    /// <summary>Writes the registration.</summary>
    /// <param name="type">The class.</param>
    /// <returns>The registration or mistakes, or null when the class is no grain.</returns>
    public static Unit? Create(INamedTypeSymbol type)
    {
        var interfaces = type.Interfaces.Concat(type.AllInterfaces).Where(i => i.IsGrainInterface())
            .Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default).ToList();
        if (type.IsAbstract || interfaces.Count == 0 || !type.Is("Orleans.IGrainBase"))
        {
            return null;
        }

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
        foreach (var state in States(type))
        {
            survey.Look(state, out _);
        }

        var registrations = survey.Registrations.ToList();
        if (mistakes.Count == 0)
        {
            registrations.Add(
                $"builder.AddClass(new {Names.CodeGeneration}.GrainClassInfo(typeof({Names.Full(type)}), {GrainType(type)}, "
                + $"new global::System.Type[] {{ {string.Join(", ", interfaces.Select(i => $"typeof({Names.Full(i)})"))} }}){Settings(type)});");
        }

        return new Unit(string.Empty, string.Empty, new(registrations.ToImmutableArray()), new(mistakes.ToImmutableArray()));
    }

    private static IEnumerable<ITypeSymbol> States(INamedTypeSymbol type) =>
        from constructor in type.InstanceConstructors
        from parameter in constructor.Parameters
        where parameter.Has("Orleans.Runtime.PersistentStateAttribute")
        from state in (parameter.Type as INamedTypeSymbol)?.TypeArguments ?? []
        select state;

    private static string GrainType(INamedTypeSymbol type)
    {
        if (type.Attribute("Orleans.GrainTypeAttribute").FirstArgument() is string name)
        {
            return SymbolDisplay.FormatLiteral(name, quote: true);
        }

#pragma warning disable CA1308 // Orleans writes grain types in lower case.
        var lower = type.Name.ToLowerInvariant();
#pragma warning restore CA1308
        var stem = lower.EndsWith("grain", StringComparison.Ordinal) && lower.Length > 5 ? lower.Substring(0, lower.Length - 5) : lower;
        return SymbolDisplay.FormatLiteral(stem, quote: true);
    }

    private static string Settings(INamedTypeSymbol type)
    {
        var settings = new List<string>();
        if (type.InheritedAttribute("Orleans.Concurrency.ReentrantAttribute") is not null)
        {
            settings.Add("IsReentrant = true");
        }

        if (type.InheritedAttribute("Orleans.Concurrency.StatelessWorkerAttribute") is { } worker)
        {
            settings.Add($"MaxLocalWorkers = {(worker.FirstArgument() is int max ? max : -1).ToString(CultureInfo.InvariantCulture)}");
        }

        if (CollectionAge(type) is { } minutes)
        {
            settings.Add($"CollectionAgeMinutes = {minutes}");
        }

        return settings.Count == 0 ? string.Empty : $" {{ {string.Join(", ", settings)} }}";
    }

    private static string? CollectionAge(INamedTypeSymbol type)
    {
        const string Never = "double.PositiveInfinity";
        if (type.InheritedAttribute("Orleans.KeepAliveAttribute") is not null)
        {
            return Never;
        }

        if (type.InheritedAttribute("Orleans.CollectionAgeLimitAttribute") is not { } limit)
        {
            return null;
        }

        var values = limit.NamedArguments.ToDictionary(a => a.Key, a => a.Value.Value);
        if (values.TryGetValue("AlwaysActive", out var always) && always is true)
        {
            return Never;
        }

        var minutes = (Number("Days") * 24 * 60) + (Number("Hours") * 60) + Number("Minutes");
        return $"{Math.Max(1, minutes).ToString("R", CultureInfo.InvariantCulture)}d";

        double Number(string name) => values.TryGetValue(name, out var value) && value is double number ? number : 0;
    }
}
