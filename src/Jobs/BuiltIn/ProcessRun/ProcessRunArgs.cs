namespace Molino.Jobs.BuiltIn;

/// <summary>Arguments of <c>process.run</c>.</summary>
public sealed record ProcessRunArgs
{
    /// <summary>Checks the arguments.</summary>
    /// <param name="command">See <see cref="Command"/>.</param>
    /// <param name="env">See <see cref="Env"/>.</param>
    /// <param name="cwd">See <see cref="Cwd"/>.</param>
    /// <param name="stdin">See <see cref="Stdin"/>.</param>
    /// <exception cref="ArgumentException">The command is empty, or holds what the system cannot take.</exception>
    public ProcessRunArgs(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? env = null, string? cwd = null, string? stdin = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Count == 0 || string.IsNullOrEmpty(command[0])) throw new ArgumentException("Must name a program.", nameof(command));
        if (command.Any(static part => part is null || part.Contains('\0', StringComparison.Ordinal))) throw new ArgumentException("Must not hold null or NUL.", nameof(command));
        if (env?.Any(static entry => entry.Key.Length == 0 || entry.Key.Contains('=', StringComparison.Ordinal) || (entry.Key + entry.Value).Contains('\0', StringComparison.Ordinal)) == true)
        {
            throw new ArgumentException("Names must not be empty or hold '='; nothing may hold NUL.", nameof(env));
        }

        Command = command;
        Env = env;
        Cwd = cwd;
        Stdin = stdin;
    }

    /// <summary>The program and its arguments; no shell is involved.</summary>
    public IReadOnlyList<string> Command { get; }

    /// <summary>Variables added to the environment.</summary>
    public IReadOnlyDictionary<string, string>? Env { get; }

    /// <summary>The working directory; null for the silo's.</summary>
    public string? Cwd { get; }

    /// <summary>What the command reads from standard input; null for nothing.</summary>
    public string? Stdin { get; }
}
