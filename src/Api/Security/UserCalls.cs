using Microsoft.AspNetCore.Http;
using Molino.Client;

namespace Molino.Api;

/// <summary>Manages users and API keys.</summary>
/// <param name="users">The users.</param>
internal sealed class UserCalls(UserDirectory users)
{
    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("GET", "/api/users", UserDescriptions.List, ListAsync);
        calls.Add("POST", "/api/users", UserDescriptions.Add, AddAsync);
        calls.Add("DELETE", "/api/users/{name}", UserDescriptions.Remove, RemoveAsync);
    }

    private async Task ListAsync(HttpContext context, CallQuery query)
    {
        var list = await users.ListAsync(context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, list.Select(user => new UserView(user.Name, AccessControl.NameOf(user.Role), KindName(user.Kind), user.CreatedAt)));
    }

    private async Task AddAsync(HttpContext context, CallQuery query)
    {
        var request = await RequestBody.ReadAsync(context, query.Call, static body => UserRequest.Read(body));
        string? key = null;
        if (request.Kind == UserKind.Key) key = await users.AddKeyAsync(request.Name, request.Role, null, context.RequestAborted);
        else await users.AddUserAsync(request.Name, request.Role, request.Password!, context.RequestAborted);
        context.Response.Headers.Location = $"{context.Request.PathBase}/api/users/{request.Name}";
        await JsonAnswer.WriteAsync(context, StatusCodes.Status201Created, new UserCreated(request.Name, AccessControl.NameOf(request.Role), KindName(request.Kind), key));
    }

    private async Task RemoveAsync(HttpContext context, CallQuery query)
    {
        await users.RemoveAsync((string)context.Request.RouteValues["name"]!, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static string KindName(UserKind kind) => kind == UserKind.User ? UserSubmission.UserKind : UserSubmission.KeyKind;
}
