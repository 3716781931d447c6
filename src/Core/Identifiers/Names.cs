using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Molino.Core;

/// <summary>The rule for names of queues, job types and pools: <c>[a-z0-9][a-z0-9._-]{0,99}</c> (contract).</summary>
public static class Names
{
    /// <summary>The longest name, in characters.</summary>
    public const int MaxLength = 100;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");

    /// <summary>Whether a name follows the rule.</summary>
    /// <param name="name">The name; null is not valid.</param>
    public static bool IsValid([NotNullWhen(true)] string? name) =>
        name is { Length: > 0 and <= MaxLength }
        && (char.IsAsciiLetterLower(name[0]) || char.IsAsciiDigit(name[0]))
        && !name.AsSpan().ContainsAnyExcept(Allowed);
}
