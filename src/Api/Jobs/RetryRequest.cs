using Molino.Client;

namespace Molino.Api;

/// <summary>The body of a retry.</summary>
/// <param name="Args">New arguments; absent to keep the old.</param>
internal sealed record RetryRequest(RawJson? Args = null);
