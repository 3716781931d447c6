using Molino.Core;

namespace Molino.Execution.Processes;

/// <summary>Finds the program of a command, so that a missing one is a named error instead of an exit code of the wrapper that starts it.</summary>
internal static class CommandPath
{
    private const UnixFileMode AnyExecute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>The program's path.</summary>
    /// <param name="program">A name, or a path when it holds a slash.</param>
    /// <param name="searchPath">The value of <c>PATH</c>.</param>
    /// <param name="folder">Where relative paths begin.</param>
    /// <exception cref="PermanentJobException"><c>CommandNotFound</c>.</exception>
    internal static string Resolve(string program, string? searchPath, string folder) =>
        TryResolve(program, searchPath, folder)
        ?? throw new PermanentJobException("CommandNotFound", $"The command '{program}' does not exist here or cannot be executed.", $"PATH={searchPath}");

    /// <summary>As <see cref="Resolve"/>, with null for a program that does not exist.</summary>
    internal static string? TryResolve(string program, string? searchPath, string folder) => program.Contains('/', StringComparison.Ordinal)
        ? Candidates([Path.Combine(folder, program)])
        : Candidates((searchPath ?? string.Empty).Split(':', StringSplitOptions.RemoveEmptyEntries).Select(entry => Path.Combine(folder, entry, program)));

    private static string? Candidates(IEnumerable<string> paths) =>
        paths.FirstOrDefault(path => File.Exists(path) && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(path) & AnyExecute) != UnixFileMode.None));
}
