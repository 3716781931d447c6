using Microsoft.CodeAnalysis;

namespace Molino.Runtime.Generators.Model;

/// <summary>The mistakes that the generator reports.</summary>
internal static class Mistakes
{
    public static readonly DiagnosticDescriptor ReturnType = Error(
        "MOL1001", "Grain methods return tasks", "'{0}' must return Task, Task<T>, ValueTask, ValueTask<T> or IAsyncEnumerable<T>; observers may return void too");

    public static readonly DiagnosticDescriptor NotAMethod = Error(
        "MOL1002", "Grain interfaces have methods only", "'{0}' is not a method: grain interfaces have no properties and no events");

    public static readonly DiagnosticDescriptor Generic = Error(
        "MOL1003", "Grain interfaces, classes and methods are not generic", "'{0}' is generic, which the embedded runtime does not support");

    public static readonly DiagnosticDescriptor ByReference = Error(
        "MOL1004", "Grain methods take arguments by value", "'{0}' is passed by reference: nothing can be written back through a call");

    public static readonly DiagnosticDescriptor CannotCross = Error(
        "MOL1005",
        "Type cannot cross grain calls",
        "'{0}' has the type '{1}', which cannot be copied: mark it with [GenerateSerializer], or with [Immutable] if it never changes");

    public static readonly DiagnosticDescriptor NoId = Error(
        "MOL1006", "Member has no [Id]", "'{0}' belongs to a [GenerateSerializer] type but has no [Id]: its value would get lost. Give it an id, or [NonSerialized]");

    public static readonly DiagnosticDescriptor DuplicateId = Error("MOL1007", "Duplicate [Id]", "'{0}' has the id {1} of another member of the same type");

    public static readonly DiagnosticDescriptor Inaccessible = Error(
        "MOL1008", "Type is not accessible", "'{0}' must be public or internal, and so must the types around it: generated code uses it");

    public static readonly DiagnosticDescriptor OneWayResult = Error("MOL1009", "[OneWay] methods have no result", "'{0}' is [OneWay]: it must return Task or ValueTask");

    public static readonly DiagnosticDescriptor SeveralTokens = Error("MOL1010", "Several cancellation tokens", "'{0}' takes more than one CancellationToken");

    /// <summary>Gets all kinds by id.</summary>
    public static IReadOnlyDictionary<string, DiagnosticDescriptor> All { get; } =
        new[] { ReturnType, NotAMethod, Generic, ByReference, CannotCross, NoId, DuplicateId, Inaccessible, OneWayResult, SeveralTokens }.ToDictionary(d => d.Id);

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        new(id, title, message, "Molino.Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
