namespace Molino.Execution.Processes.Protocol;

/// <summary>How a call, or an effect, went.</summary>
/// <param name="Code">An error's stable code; null when all went well.</param>
/// <param name="Message">The error for people.</param>
internal sealed record AnswerHeader(string? Code = null, string? Message = null)
{
    /// <summary><see cref="Code"/> when the effect itself threw: the child has the exception.</summary>
    internal const string EffectFailed = "effect_failed";
}
