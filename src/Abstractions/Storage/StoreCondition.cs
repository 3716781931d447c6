namespace Molino.Storage;

/// <summary>How the store is, for health.</summary>
/// <param name="Ready">Whether it takes writes.</param>
/// <param name="Code">When not ready, the error's code; <c>store_nearly_full</c> when it is ready but close to its limit; null otherwise.</param>
/// <param name="Message">When there is a code, a sentence for people.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record StoreCondition(bool Ready, string? Code, string? Message, DateTimeOffset Since);
