using System.Reflection;

namespace Molino.Execution.Processes;

/// <summary>The executable that serves as child runner: it calls <see cref="Runner.MolinoRunner.TryRunAsync"/> first thing in its <c>Main</c>.</summary>
/// <param name="FileName">The program.</param>
/// <param name="Arguments">Its arguments.</param>
public sealed record ChildCommand(string FileName, IReadOnlyList<string> Arguments)
{
    /// <summary>The running program itself; run by <c>dotnet</c> with its entry assembly when that is how it was started.</summary>
    /// <exception cref="InvalidOperationException">The program's path is not known.</exception>
    public static ChildCommand Self()
    {
        var path = Environment.ProcessPath ?? throw new InvalidOperationException("The path of the running program is not known; child runners cannot be started.");
        var isHost = Path.GetFileNameWithoutExtension(path).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        return isHost && Assembly.GetEntryAssembly()?.Location is { Length: > 0 } assembly
            ? new ChildCommand(path, ["exec", assembly])
            : new ChildCommand(path, []);
    }
}
