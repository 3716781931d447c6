using System.Collections.Concurrent;

namespace Molino.Api.Tests;

/// <summary>The port of users, in memory.</summary>
public sealed class MemoryUserStore : IUserStore
{
    private readonly ConcurrentDictionary<string, StoredUser> _users = new();

    public int Reads { get; private set; }

    public Task<IReadOnlyList<StoredUser>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<StoredUser>>([.. _users.Values]);

    public Task<StoredUser?> GetAsync(string name, CancellationToken cancellationToken)
    {
        Reads++;
        return Task.FromResult(_users.GetValueOrDefault(name));
    }

    public Task<bool> TryAddAsync(StoredUser user, CancellationToken cancellationToken) => Task.FromResult(_users.TryAdd(user.Name, user));

    public Task<bool> RemoveAsync(string name, CancellationToken cancellationToken) => Task.FromResult(_users.TryRemove(name, out _));
}
