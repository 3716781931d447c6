using Molino.Core;

namespace Molino;

/// <summary>Thrown by a handler to fail its attempt with a type and detail of its own instead of a stack trace; retried like any failure.</summary>
public sealed class AttemptFailedException : JobSystemException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="type">What kind of error, as shown in <c>error.type</c>, for example <c>ProcessExited</c>.</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="detail">More, such as last output; shown as <c>error.detail</c>.</param>
    /// <param name="inner">The cause.</param>
    public AttemptFailedException(string type, string message, string? detail = null, Exception? inner = null)
        : base(ErrorCodes.Failed, message, inner)
    {
        Type = type;
        Detail = detail;
    }

    /// <summary>What kind of error, as shown in <c>error.type</c>.</summary>
    public string Type { get; }

    /// <summary>More about it, as shown in <c>error.detail</c>.</summary>
    public string? Detail { get; }
}
