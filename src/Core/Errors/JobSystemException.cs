using Orleans;

namespace Molino.Core;

/// <summary>The one root of every exception that Molino throws on purpose.</summary>
/// <remarks><see cref="Code"/> is stable and is what HTTP answers and the CLI show; the message is for people.</remarks>
[GenerateSerializer, Alias("error.v1")]
public class JobSystemException : Exception
{
    /// <summary>Creates an error with a stable code.</summary>
    /// <param name="code">A code of <see cref="ErrorCodes"/>, in snake case.</param>
    /// <param name="message">One sentence that says what happened and what to do.</param>
    /// <param name="inner">The cause, if another error led here.</param>
    public JobSystemException(string code, string message, Exception? inner = null)
        : base(message, inner) => Code = code;

    /// <summary>The stable code, in snake case, for example <c>illegal_transition</c>.</summary>
    [Id(0)]
    public string Code { get; }
}
