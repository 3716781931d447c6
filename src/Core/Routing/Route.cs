namespace Molino.Core;

/// <summary>Sends job types that match a pattern to a queue.</summary>
/// <param name="Pattern">A type name in which <c>*</c> stands for any run of characters, for example <c>generate_*</c>.</param>
/// <param name="Queue">The queue.</param>
public sealed record Route(string Pattern, string Queue);
