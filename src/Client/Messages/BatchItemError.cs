namespace Molino.Client;

/// <summary>Why an item of a batch was refused.</summary>
/// <param name="Code">The stable code, as of a single submit.</param>
/// <param name="Message">A sentence for people.</param>
/// <param name="Errors">What is wrong, by field; absent when no field is to blame.</param>
public sealed record BatchItemError(string Code, string Message, IReadOnlyDictionary<string, string[]>? Errors);
