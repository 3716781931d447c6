using Microsoft.AspNetCore.Http;

namespace Molino.Api;

/// <summary>Answers a call whose caller and query string were checked.</summary>
/// <param name="context">The request.</param>
/// <param name="query">The query string.</param>
internal delegate Task CallHandler(HttpContext context, CallQuery query);
