namespace Molino.Core;

/// <summary>Thrown by a handler to say that another attempt cannot help: the job fails for good at once.</summary>
/// <remarks>An SQL syntax error is the model case: it stays wrong however often it runs.</remarks>
public class PermanentJobException : JobSystemException
{
    /// <summary>Creates a permanent failure.</summary>
    /// <param name="type">What kind of error, as shown in <c>error.type</c>, for example <c>SqlError</c>.</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="detail">More, such as a position or a stack; shown as <c>error.detail</c>.</param>
    /// <param name="inner">The cause.</param>
    public PermanentJobException(string type, string message, string? detail = null, Exception? inner = null)
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
