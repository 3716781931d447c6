using System.Net;
using System.Text.Json;

namespace Molino.Client;

/// <summary>Users and API keys, over HTTP; needs the role <c>admin</c> where a login is required.</summary>
public sealed class HttpUsers
{
    private readonly HttpChannel _channel;

    internal HttpUsers(HttpChannel channel) => _channel = channel;

    /// <summary>All users and keys.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<IReadOnlyList<UserView>> ListAsync(CancellationToken cancellationToken) =>
        await _channel.CallAsync(HttpCall.Get("/api/users"), Answers.Json<List<UserView>>(), cancellationToken).ConfigureAwait(false);

    /// <summary>Adds a user or a key. Not repeated when its answer is lost: a new key would be lost with it.</summary>
    /// <param name="user">Whom to add.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<UserCreated> AddAsync(UserSubmission user, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(user);
        using var body = new PooledJson();
        using (var writer = new Utf8JsonWriter(body)) JsonSerializer.Serialize(writer, user, MolinoJson.Options);
        var call = new HttpCall(HttpMethod.Post, "/api/users", Repeat.IfNotDone) { Body = body };
        return await _channel.CallAsync(call, Answers.Json<UserCreated>(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a user or key; its sessions end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task RemoveAsync(string name, CancellationToken cancellationToken)
    {
        var call = new HttpCall(HttpMethod.Delete, $"/api/users/{Uri.EscapeDataString(name)}", Repeat.Always);
        try
        {
            await _channel.CallAsync(call, static (_, _) => Task.FromResult(true), cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refusal) when (refusal.StatusCode == (int)HttpStatusCode.NotFound && call.WasRepeated)
        {
            // The first try removed it, and its answer was lost.
        }
    }
}
