namespace Molino;

/// <summary>How a command ended.</summary>
/// <param name="ExitCode">Its exit code; 128 plus the signal's number when a signal ended it.</param>
/// <param name="LastOutput">The last 4 KiB of its output; null when there was none.</param>
public sealed record ProcessExit(int ExitCode, string? LastOutput);
