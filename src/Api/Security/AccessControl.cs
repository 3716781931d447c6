using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Molino.Api;

/// <summary>Finds out who calls and whether the role is enough.</summary>
/// <param name="options">The mode.</param>
/// <param name="users">The users.</param>
/// <param name="verified">Credentials that were right a moment ago.</param>
/// <param name="failed">Those that were wrong.</param>
internal sealed class AccessControl(IOptions<AuthOptions> options, UserDirectory users, VerifiedCredentials verified, FailedLogins failed) : IDisposable
{
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(2);

    private readonly AuthMode _mode = options.Value.Mode;

    /// <summary>Hashing takes processor time; at most half of the processors are given to it.</summary>
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Whether nobody needs to log in.</summary>
    public bool IsOpen => _mode == AuthMode.Loopback;

    /// <inheritdoc/>
    public void Dispose() => _hashing.Dispose();

    /// <summary>Lets a call pass, or answers why not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="role">The least role.</param>
    /// <returns>Whether it may pass; otherwise it was answered.</returns>
    public async ValueTask<bool> AllowAsync(HttpContext context, Role role)
    {
        var (caller, wait) = await CheckAsync(context);
        if (caller is not null && caller.Role >= role) return true;
        if (caller is not null)
        {
            await Problem.WriteAsync(context, ApiErrorCodes.Forbidden, $"{caller.Name} is {NameOf(caller.Role)}; this call needs {NameOf(role)}.");
        }
        else if (wait > TimeSpan.Zero)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            await Problem.WriteAsync(context, ApiErrorCodes.TooManyAttempts, "Too many logins failed from this address; wait before the next.");
        }
        else
        {
            context.Response.Headers.WWWAuthenticate = _mode == AuthMode.Basic ? "Basic realm=\"Molino\", charset=\"UTF-8\"" : "Bearer realm=\"Molino\"";
            await Problem.WriteAsync(context, ApiErrorCodes.Unauthorized, _mode == AuthMode.Basic
                ? "Log in with a name and a password (HTTP Basic), or with an API key (X-Api-Key)."
                : "Log in with an API key: X-Api-Key, or Authorization: Bearer.");
        }

        return false;
    }

    /// <summary>Who calls, if it is known.</summary>
    /// <param name="context">The request.</param>
    public async ValueTask<Caller?> IdentifyAsync(HttpContext context) => (await CheckAsync(context)).Caller;

    /// <summary>A role's name in JSON.</summary>
    /// <param name="role">The role.</param>
    public static string NameOf(Role role) => role switch
    {
        Role.Viewer => "viewer",
        Role.Operator => "operator",
        _ => "admin",
    };

    private async ValueTask<(Caller? Caller, TimeSpan Wait)> CheckAsync(HttpContext context)
    {
        if (Credential.Read(context.Request) is not { Name: not null } credential) return default;
        if (_mode == AuthMode.ApiKey && credential.Kind != UserKind.Key) return default;
        if (verified.Find(credential) is { } known) return (known, default);
        var address = context.Connection.RemoteIpAddress?.ToString() ?? "";
        var wait = failed.WaitOf(address, credential.Name);
        if (wait > TimeSpan.Zero) return (null, wait);
        if (!await _hashing.WaitAsync(LongestQueue, context.RequestAborted)) return (null, LongestQueue);
        try
        {
            var caller = await users.VerifyAsync(credential, context.RequestAborted);
            if (caller is null)
            {
                failed.Count(address, credential.Name);
                return default;
            }

            failed.Clear(address, credential.Name);
            verified.Add(credential, caller);
            return (caller, default);
        }
        finally
        {
            _hashing.Release();
        }
    }
}
