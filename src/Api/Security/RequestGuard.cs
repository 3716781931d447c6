using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Molino.Api;

/// <summary>
/// Keeps other pages' requests out. Without logins, only loopback names are answered: a name that was rebound to this machine must not reach
/// <c>process.run</c>. In every mode, a page of another origin cannot change anything.
/// </summary>
/// <param name="next">The steps inside.</param>
/// <param name="options">The mode.</param>
internal sealed class RequestGuard(RequestDelegate next, IOptions<AuthOptions> options)
{
    private readonly bool _loopbackOnly = options.Value.Mode == AuthMode.Loopback;
    private string? _knownHost;

    /// <summary>Runs a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        var host = request.Host;
        if (_loopbackOnly && !IsKnown(host))
        {
            return Problem.WriteAsync(
                context, ApiErrorCodes.ForbiddenHost, $"The host '{host}' is not a loopback name. Without logins (Auth:Mode Loopback) only localhost, 127.0.0.1 and [::1] are answered.");
        }

        var origins = request.Headers.Origin;
        if (origins.Count == 0) return next(context);
        var allowed = origins.Count == 1 && Uri.TryCreate(origins[0], UriKind.Absolute, out var origin)
            && (_loopbackOnly ? LoopbackGuard.IsLoopback(origin.Host) : IsSafe(request.Method) || IsSame(origin, host));
        if (allowed || (!_loopbackOnly && IsSafe(request.Method))) return next(context);
        return Problem.WriteAsync(context, ApiErrorCodes.ForbiddenOrigin, $"The origin '{origins}' is not this server's.");
    }

    private bool IsKnown(HostString host)
    {
        if (host.Value == _knownHost && _knownHost is not null) return true;
        if (!LoopbackGuard.IsLoopback(host.Host)) return false;
        _knownHost = host.Value;
        return true;
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    /// <summary>The scheme is left out: behind a proxy that ends TLS it differs.</summary>
    private static bool IsSame(Uri origin, HostString host)
    {
        var samePort = host.Port is { } port ? port == origin.Port : origin.IsDefaultPort;
        return samePort && origin.Host.Equals(host.Host, StringComparison.OrdinalIgnoreCase);
    }
}
