namespace Molino.Storage.Redis.Writing;

/// <summary>What a step expected of the store was no longer so.</summary>
internal sealed class BatchConflictException() : Exception("Others changed the same at the same time.");
