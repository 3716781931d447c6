using System.Text.Json;
using Molino.Api;
using Molino.Storage;

namespace Molino.Silo;

/// <summary>Keeps users in the job store: one small record, changed by compare and set.</summary>
internal sealed class StateUserStore(IStateStore store) : IUserStore
{
    private const string Type = "molino.users";
    private const string Id = "all";
    private const string Name = "users";

    public async Task<IReadOnlyList<StoredUser>> ListAsync(CancellationToken cancellationToken)
    {
        var (users, _) = await ReadAsync(cancellationToken);
        return [.. users.OrderBy(user => user.Key, StringComparer.Ordinal).Select(user => new StoredUser(user.Key, user.Value))];
    }

    public async Task<StoredUser?> GetAsync(string name, CancellationToken cancellationToken)
    {
        var (users, _) = await ReadAsync(cancellationToken);
        return users.TryGetValue(name, out var value) ? new StoredUser(name, value) : null;
    }

    public Task<bool> TryAddAsync(StoredUser user, CancellationToken cancellationToken) =>
        ChangeAsync(users => users.TryAdd(user.Name, user.Value.ToArray()), cancellationToken);

    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) => ChangeAsync(users => users.Remove(name), cancellationToken);

    private async Task<bool> ChangeAsync(Func<Dictionary<string, byte[]>, bool> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (users, etag) = await ReadAsync(cancellationToken);
            if (!change(users)) return false;
            var json = JsonSerializer.SerializeToUtf8Bytes(users);
            if (await store.WriteAsync(Type, Id, Name, json, etag, cancellationToken) is not null) return true;
        }
    }

    private async Task<(Dictionary<string, byte[]> Users, string? Etag)> ReadAsync(CancellationToken cancellationToken)
    {
        var stored = await store.ReadAsync(Type, Id, Name, cancellationToken);
        var users = stored is null ? null : JsonSerializer.Deserialize<Dictionary<string, byte[]>>(stored.Bytes.Span);
        return (users ?? new Dictionary<string, byte[]>(StringComparer.Ordinal), stored?.Etag);
    }
}
