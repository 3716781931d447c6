namespace Molino.Execution.Processes;

/// <summary>A child runner did not become ready.</summary>
/// <param name="message">Why.</param>
/// <param name="output">Its last output, or null.</param>
/// <param name="inner">The cause, or null.</param>
internal sealed class ChildStartException(string message, string? output, Exception? inner = null) : Exception(message, inner)
{
    internal string? Output { get; } = output;
}
