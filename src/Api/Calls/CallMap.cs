using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Molino.Api;

/// <summary>Puts calls on routes: each is guarded by its role and its query string is checked before its handler runs.</summary>
/// <param name="routes">Where to.</param>
/// <param name="access">Who may call.</param>
internal sealed class CallMap(IEndpointRouteBuilder routes, AccessControl access)
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Adds a call.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="call">Its description.</param>
    /// <param name="handler">What answers it.</param>
    public void Add(string method, string pattern, ApiCall call, CallHandler handler)
    {
        RequestDelegate run = context => RunAsync(context, call, handler);
        string[] methods = [method];
        Describe(routes.MapMethods(pattern, methods, run), call, run);
    }

    /// <summary>Adds a call that also answers HEAD, for probes.</summary>
    /// <param name="pattern">The route.</param>
    /// <param name="call">Its description.</param>
    /// <param name="handler">What answers it.</param>
    public void AddProbe(string pattern, ApiCall call, CallHandler handler)
    {
        RequestDelegate run = context => RunAsync(context, call, handler);
        Describe(routes.MapMethods(pattern, Reading, run), call, run);
    }

    /// <summary>Adds a call that takes any query string and is left out of the document.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="pattern">The route.</param>
    /// <param name="handler">What answers it.</param>
    public void AddHidden(string method, string pattern, RequestDelegate handler)
    {
        string[] methods = [method];
        routes.MapMethods(pattern, methods, async context =>
        {
            if (access.IsOpen || await access.AllowAsync(context, Role.Viewer)) await handler(context);
        });
    }

    /// <summary>The method is what makes the document's generator see the route.</summary>
    private static void Describe(IEndpointConventionBuilder endpoint, ApiCall call, RequestDelegate run)
    {
        endpoint.WithMetadata(call, run.Method).WithDisplayName(call.Name);
        foreach (var answer in call.Answers) endpoint.WithMetadata(new ProducesResponseTypeMetadata(answer.Status, answer.Type ?? typeof(void), [answer.MediaType]));
    }

    private Task RunAsync(HttpContext context, ApiCall call, CallHandler handler)
    {
        if (call.Role is { } role && !access.IsOpen) return GuardedAsync(context, call, handler, role);
        return handler(context, CallQuery.Parse(context.Request.QueryString, call));
    }

    private async Task GuardedAsync(HttpContext context, ApiCall call, CallHandler handler, Role role)
    {
        if (!await access.AllowAsync(context, role)) return;
        await handler(context, CallQuery.Parse(context.Request.QueryString, call));
    }
}
