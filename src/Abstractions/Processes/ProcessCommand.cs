namespace Molino;

/// <summary>An external command.</summary>
public sealed record ProcessCommand
{
    /// <summary>The program, found through <c>PATH</c> unless it holds a slash, and its arguments. At least one; no shell is involved.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>Variables added to the inherited environment; a null value removes one.</summary>
    public IReadOnlyDictionary<string, string?>? Environment { get; init; }

    /// <summary>The working directory; null for the silo's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What the command reads from its standard input, as UTF-8; null for nothing (end of file at once).</summary>
    public string? StandardInput { get; init; }

    /// <summary>How long the tree may take to end after TERM before it is killed. Default 2 s.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(2);
}
