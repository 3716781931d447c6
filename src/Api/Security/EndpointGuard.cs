using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Molino.Api;

/// <summary>Puts endpoints that the host adds under the API's logins.</summary>
public static class EndpointGuard
{
    /// <summary>Lets only callers in who may read: with logins, role viewer or more. Which hosts and origins are answered, the API checks for every path.</summary>
    /// <param name="endpoints">The endpoints.</param>
    public static IEndpointConventionBuilder RequireViewer(this IEndpointConventionBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        endpoints.Finally(endpoint =>
        {
            var inner = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => RunAsync(context, inner);
        });
        return endpoints;
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate inner)
    {
        var access = context.RequestServices.GetRequiredService<AccessControl>();
        if (access.IsOpen || await access.AllowAsync(context, Role.Viewer)) await inner(context);
    }
}
