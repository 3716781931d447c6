using System.CommandLine;
using Molino.Client;

namespace Molino.Cli;

/// <summary><c>types</c>.</summary>
internal static class TypesCommand
{
    public static Command Create(GlobalOptions globals) => Create(globals, "types", "Lists the registered job types; -o json shows their arguments");

    /// <summary>Makes the command under a name; <c>inspect registered</c> is the same.</summary>
    /// <param name="globals">The options that every command has.</param>
    /// <param name="name">The name.</param>
    /// <param name="description">One line.</param>
    public static Command Create(GlobalOptions globals, string name, string description)
    {
        var command = new Command(name, description);
        CommandRunner.Handle(command, globals, static async (session, _, cancellationToken) =>
        {
            var types = await session.Client.TypesAsync(cancellationToken);
            session.Output.Rows(types, ["type", "queue", "priority", "attempts", "limit s", "soft s", "description"], types.Select(Row));
            return ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(TypeView type) =>
    [
        type.Name, type.Queue, Text.Number(type.Priority), Text.Number(type.MaxAttempts),
        Text.Number(type.TimeLimit.TotalSeconds), Text.Number(type.SoftTimeLimit.TotalSeconds), type.Description ?? string.Empty,
    ];
}
