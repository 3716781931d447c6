using System.Text.Json;
using System.Text.Json.Serialization;
using Molino.Client;

namespace Molino.Api;

/// <summary>A user with the hash of its secret, as it is stored in <see cref="IUserStore"/>.</summary>
/// <param name="Name">The name.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Kind">How it logs in.</param>
/// <param name="CreatedAt">When it was added, UTC.</param>
/// <param name="Hash">The secret's hash.</param>
/// <param name="Salt">The salt of a password; empty for a key.</param>
/// <param name="Iterations">PBKDF2's iterations; zero for a key.</param>
internal sealed record UserRecord(
    string Name,
    Role Role,
    UserKind Kind,
    DateTimeOffset CreatedAt,
    [property: JsonPropertyName("h")] byte[] Hash,
    [property: JsonPropertyName("s")] byte[] Salt,
    [property: JsonPropertyName("i")] int Iterations)
{
    /// <summary>Reads a stored user.</summary>
    /// <param name="user">As stored.</param>
    public static UserRecord Read(StoredUser user) =>
        JsonSerializer.Deserialize<UserRecord>(user.Value.Span, MolinoJson.Results) ?? throw new JsonException($"The stored user '{user.Name}' is null.");

    /// <summary>The form that is stored.</summary>
    public StoredUser Write() => new(Name, JsonSerializer.SerializeToUtf8Bytes(this, MolinoJson.Results));
}
