namespace Molino.Runtime.Generators.Model;

/// <summary>What one declaration gives: a file, lines of the manifest, and mistakes.</summary>
/// <param name="Name">The name of the file, or empty when there is none.</param>
/// <param name="Code">The types of the file.</param>
/// <param name="Registrations">Statements of the manifest.</param>
/// <param name="Mistakes">What is wrong with the declaration.</param>
internal sealed record Unit(string Name, string Code, EquatableArray<string> Registrations, EquatableArray<Mistake> Mistakes);
