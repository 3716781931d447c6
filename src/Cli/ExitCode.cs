namespace Molino.Cli;

/// <summary>The exit codes of the contract.</summary>
internal static class ExitCode
{
    public const int Done = 0;

    /// <summary>The job that was waited for failed, was cancelled or expired.</summary>
    public const int JobFailed = 1;

    /// <summary>A store was moved, and the counts of both sides differ.</summary>
    public const int Mismatch = 1;

    public const int Usage = 2;

    public const int NotReachable = 3;

    public const int Refused = 4;

    /// <summary>Stopped from the keyboard: 128 and the signal's number.</summary>
    public const int Interrupted = 130;
}
