using Molino.Core;

namespace Molino.Api;

/// <summary>The users, with their secrets hashed.</summary>
/// <param name="stores">Where they are kept: one, or none where logins are not used.</param>
/// <param name="verified">Forgets those who are removed.</param>
/// <param name="time">Dates new ones.</param>
internal sealed class UserDirectory(IEnumerable<IUserStore> stores, VerifiedCredentials verified, TimeProvider time)
{
    private IUserStore Store { get; } = stores.LastOrDefault() ?? new NoUserStore();

    /// <summary>All users, by name.</summary>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<IReadOnlyList<UserRecord>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await Store.ListAsync(cancellationToken)).Select(UserRecord.Read).OrderBy(user => user.Name, StringComparer.Ordinal)];

    /// <summary>Whose a credential is.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>Null when it is nobody's.</returns>
    public async Task<Caller?> VerifyAsync(Credential credential, CancellationToken cancellationToken)
    {
        var stored = Names.IsValid(credential.Name) ? await Store.GetAsync(credential.Name, cancellationToken) : null;
        var user = stored is null ? null : UserRecord.Read(stored);
        if (user is not null && user.Kind != credential.Kind) user = null;
        var isRight = credential.Kind == UserKind.Key
            ? user is not null && ApiKey.Verify(user, credential.Secret)
            : PasswordHash.Verify(user ?? PasswordHash.Nobody, credential.Secret);
        return isRight && user is not null ? new Caller(user.Name, user.Role) : null;
    }

    /// <summary>Adds a user with a password.</summary>
    /// <param name="name">The name.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="password">The password.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException">The name is taken.</exception>
    public async Task AddUserAsync(string name, Role role, string password, CancellationToken cancellationToken)
    {
        var (hash, salt, iterations) = PasswordHash.Create(password);
        await AddAsync(new UserRecord(name, role, UserKind.User, time.GetUtcNow(), hash, salt, iterations), cancellationToken);
    }

    /// <summary>Adds an API key.</summary>
    /// <param name="name">The name.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="keep">Keeps the key before it is of use; null for not.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The key.</returns>
    /// <exception cref="JobSystemException">The name is taken.</exception>
    public async Task<string> AddKeyAsync(string name, Role role, Func<string, Task>? keep, CancellationToken cancellationToken)
    {
        var (key, hash) = ApiKey.Create(name);
        if (keep is not null) await keep(key);
        await AddAsync(new UserRecord(name, role, UserKind.Key, time.GetUtcNow(), hash, [], 0), cancellationToken);
        return key;
    }

    /// <summary>Removes a user; not the last administrator, who could not be made again.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException">There is none, or it is the last administrator.</exception>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var users = await ListAsync(cancellationToken);
        var user = users.FirstOrDefault(user => user.Name == name);
        if (user is { Role: Role.Admin } && users.Count(other => other.Role == Role.Admin) == 1)
            throw new JobSystemException(ApiErrorCodes.LastAdmin, $"{name} is the last administrator; add another first.");
        if (user is null || !await Store.RemoveAsync(name, cancellationToken))
            throw new JobSystemException(ErrorCodes.NotFound, $"There is no user '{(name.Length > 100 ? name[..100] : name)}'.");
        verified.Forget(name);
    }

    private async Task AddAsync(UserRecord user, CancellationToken cancellationToken)
    {
        if (!await Store.TryAddAsync(user.Write(), cancellationToken))
            throw new JobSystemException(ApiErrorCodes.UserExists, $"There is a user '{user.Name}' already.");
    }
}
