using Molino.Core;

namespace Molino.Client;

/// <summary>A server's refusal, read from its problem details.</summary>
public sealed class RefusedException : JobSystemException
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="code">The server's stable code.</param>
    /// <param name="message">The server's sentence.</param>
    /// <param name="statusCode">The HTTP status.</param>
    /// <param name="retryAfter">When to try again, if the server said so.</param>
    public RefusedException(string code, string message, int statusCode, TimeSpan? retryAfter)
        : base(code, message)
    {
        StatusCode = statusCode;
        RetryAfter = retryAfter;
    }

    /// <summary>The HTTP status.</summary>
    public int StatusCode { get; }

    /// <summary>How long to wait before trying again; null when the server did not say.</summary>
    public TimeSpan? RetryAfter { get; }
}
