namespace Molino.Execution.Processes.Protocol;

/// <summary>How far the handler has come.</summary>
/// <param name="Fraction">From 0 to 1, or null.</param>
/// <param name="Message">One line, or null.</param>
internal sealed record ProgressHeader(double? Fraction, string? Message);
