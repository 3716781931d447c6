using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the calls on users.</summary>
internal static class UserDescriptions
{
    /// <summary><c>GET /api/users</c>.</summary>
    public static readonly ApiCall List = new()
    {
        Name = "listUsers",
        Group = "Users",
        Summary = "List users and API keys",
        Role = Role.Admin,
        Answers = [new ApiAnswer(200, "By name.", typeof(IReadOnlyList<UserView>), """[{"name":"ada","role":"operator","kind":"user","createdAt":"2026-01-31T08:00:00Z"}]""")],
    };

    /// <summary><c>POST /api/users</c>.</summary>
    public static readonly ApiCall Add = new()
    {
        Name = "addUser",
        Group = "Users",
        Summary = "Add a user or an API key",
        Description = "A key is answered this once; only its hash is kept.",
        Role = Role.Admin,
        Body = new ApiBody(typeof(UserRequest), """{"name":"ci","role":"operator","kind":"key"}"""),
        Answers = [new ApiAnswer(201, "Added.", typeof(UserCreated), """{"name":"ci","role":"operator","kind":"key","key":"ci.3xAmpl3..."}""")],
        Errors = [ErrorCodes.InvalidRequest, ApiErrorCodes.UserExists],
    };

    /// <summary><c>DELETE /api/users/{name}</c>.</summary>
    public static readonly ApiCall Remove = new()
    {
        Name = "removeUser",
        Group = "Users",
        Summary = "Remove a user or an API key",
        Description = "Takes effect at once on this silo, within 30 s on others.",
        Role = Role.Admin,
        Answers = [new ApiAnswer(204, "Removed.")],
        Errors = [ErrorCodes.NotFound, ApiErrorCodes.LastAdmin],
    };
}
