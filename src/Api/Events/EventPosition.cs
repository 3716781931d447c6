using Microsoft.AspNetCore.Http;
using Molino.Storage;

namespace Molino.Api;

/// <summary>Where a reader of events wants to go on.</summary>
internal static class EventPosition
{
    /// <summary>Before all events that are kept.</summary>
    public const string Oldest = "0:0";

    /// <summary>Reads the position: <c>Last-Event-ID</c>, which a browser sends when it reconnects, goes before <c>after</c>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="query">Its query string.</param>
    /// <returns>A cursor; null for only what is new from now on.</returns>
    public static string? Read(HttpContext context, CallQuery query)
    {
        var header = context.Request.Headers["Last-Event-ID"].ToString();
        var text = header.Length > 0 ? header : query.Text("after");
        if (text is null) return null;
        if (text == "0") return Oldest;
        return EventCursor.TryParse(text, out _)
            ? text
            : throw query.Invalid(header.Length > 0 ? "Last-Event-ID" : "after", "Must be a cursor as an event's id or 'next' gave it, or 0 for all events that are kept.");
    }
}
