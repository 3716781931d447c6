using Microsoft.AspNetCore.Http;
using Molino.Core;

namespace Molino.Api;

/// <summary>Reads the job id of a path.</summary>
internal static class JobRoute
{
    /// <summary>The id.</summary>
    /// <param name="context">The request; its route has <c>id</c>.</param>
    /// <exception cref="JobSystemException">The text is no id that Molino ever made.</exception>
    public static JobId Id(HttpContext context)
    {
        var text = context.Request.RouteValues["id"] as string;
        return JobId.TryParse(text, out var id)
            ? id
            : throw new JobSystemException(ErrorCodes.NotFound, $"'{Shorten(text)}' is not the id of a job: 26 letters and digits as a submit answered them.");
    }

    private static string? Shorten(string? text) => text is { Length: > 100 } ? text[..100] + "..." : text;
}
