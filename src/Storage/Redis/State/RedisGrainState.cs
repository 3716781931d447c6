using System.Security.Cryptography;

namespace Molino.Storage.Redis.State;

/// <summary>State of grains in Redis: a hash of records, each with its etag in front. An etag is random, so none is ever used twice.</summary>
internal sealed class RedisGrainState(RedisEngine engine) : IStateStore
{
    /// <summary>Between the parts of a field.</summary>
    internal const char Separator = '\u001f';

    private readonly GuardedFields _fields = new(engine, engine.Keys.States);

    /// <inheritdoc/>
    public async Task<StoredState?> ReadAsync(string type, string id, string name, CancellationToken cancellationToken) =>
        await _fields.ReadAsync(FieldOf(type, id, name), cancellationToken).ConfigureAwait(false) is { } found ? new StoredState(found.Bytes, found.Etag) : null;

    /// <inheritdoc/>
    public async Task<string?> WriteAsync(
        string type, string id, string name, ReadOnlyMemory<byte> bytes, string? expectedEtag, CancellationToken cancellationToken)
    {
        var etag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        return await _fields.WriteAsync(FieldOf(type, id, name), expectedEtag, etag, bytes, cancellationToken).ConfigureAwait(false) ? etag : null;
    }

    /// <inheritdoc/>
    public Task<bool> ClearAsync(string type, string id, string name, string? expectedEtag, CancellationToken cancellationToken) =>
        _fields.RemoveAsync(FieldOf(type, id, name), expectedEtag, cancellationToken);

    /// <summary>Parts are joined by a character that no name has.</summary>
    internal static string FieldOf(string type, string id, string name) => $"{type}{Separator}{id}{Separator}{name}";
}
