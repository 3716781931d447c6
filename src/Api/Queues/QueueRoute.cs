using Microsoft.AspNetCore.Http;
using Molino.Core;

namespace Molino.Api;

/// <summary>Reads the queue of a path or a filter.</summary>
internal static class QueueRoute
{
    /// <summary>The queue's name.</summary>
    /// <param name="context">The request; its route has <c>queue</c>.</param>
    /// <exception cref="JobSystemException">No queue can have this name.</exception>
    public static string Name(HttpContext context) => Checked((string)context.Request.RouteValues["queue"]!);

    /// <summary>A name that a queue can have.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="JobSystemException">No queue can have this name.</exception>
    public static string Checked(string name) =>
        Names.IsValid(name)
            ? name
            : throw new JobSystemException(
                ErrorCodes.UnknownQueue, $"No queue is named '{(name.Length > 100 ? name[..100] : name)}': names are [a-z0-9][a-z0-9._-]{{0,99}}.");
}
