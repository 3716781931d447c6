namespace Molino.Storage.Moving;

/// <summary>What a store remembers of the first submit under an idempotency key.</summary>
/// <param name="Hash">Of its content (<see cref="Packing.JobContentHash"/>).</param>
/// <param name="CreatedAt">When it was submitted, UTC; keys live a day at least.</param>
public sealed record SubmittedKey(ReadOnlyMemory<byte> Hash, DateTimeOffset CreatedAt);
