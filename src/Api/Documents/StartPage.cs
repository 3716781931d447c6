using System.Text;
using Microsoft.AspNetCore.Http;

namespace Molino.Api;

/// <summary>A page for whoever opens the address in a browser: what this is, what to try, where to read on.</summary>
internal static class StartPage
{
    private const string Resource = "Molino.Api.Documents.start.html";

    /// <summary>Makes the page.</summary>
    public static byte[] Create()
    {
        using var stream = typeof(StartPage).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Encoding.UTF8.GetBytes(reader.ReadToEnd().Replace("{{version}}", DocumentDescriber.Version, StringComparison.Ordinal));
    }

    /// <summary>Answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">The page.</param>
    public static async Task WriteAsync(HttpContext context, byte[] page)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = page.Length;
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; frame-ancestors 'none'";
        await context.Response.BodyWriter.WriteAsync(page, context.RequestAborted);
    }
}
