namespace Molino.Jobs.BuiltIn;

/// <summary>Arguments of <c>fail</c>.</summary>
/// <param name="Message">The error's message.</param>
/// <param name="Times">How many attempts fail; null for all.</param>
public sealed record FailArgs(string Message, int? Times = null);
