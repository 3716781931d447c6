namespace Molino.Jobs.BuiltIn;

/// <summary>Result of <c>process.run</c>.</summary>
/// <param name="ExitCode">The command's exit code: 0, as others fail the attempt.</param>
public sealed record ProcessRunResult(int ExitCode);
