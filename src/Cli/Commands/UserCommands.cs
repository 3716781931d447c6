using System.CommandLine;
using Molino.Client;

namespace Molino.Cli;

/// <summary><c>user add|list|remove</c>.</summary>
internal static class UserCommands
{
    public static Command Create(GlobalOptions globals) => new("user", "Users and API keys; needs the role admin")
    {
        Add(globals), List(globals), Remove(globals),
    };

    private static Command Add(GlobalOptions globals)
    {
        var name = new Argument<string>("NAME") { Description = "The user's or key's name" };
        var role = new Option<string>("--role", "-r") { Description = "viewer, operator or admin", HelpName = "role", Required = true };
        role.AcceptOnlyFromAmong("viewer", "operator", "admin");
        var kind = new Option<string>("--kind") { Description = "user (with a password; the default) or key", HelpName = "kind", DefaultValueFactory = static _ => UserSubmission.UserKind };
        kind.AcceptOnlyFromAmong(UserSubmission.UserKind, UserSubmission.KeyKind);
        var password = new Option<string?>("--password") { Description = "The password; others on this machine may see it: better type it, or pipe it in", HelpName = "text" };
        var command = new Command("add", "Adds a user, or a key that is shown this once") { name, role, kind, password };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var isKey = parsed.GetValue(kind) == UserSubmission.KeyKind;
            if (isKey && parsed.GetValue(password) is not null) throw new UsageException("A key has no password.");
            var secret = isKey ? null : parsed.GetValue(password) ?? await ReadPasswordAsync(cancellationToken);
            var user = new UserSubmission(parsed.GetValue(name)!, parsed.GetValue(role)!, parsed.GetValue(kind)!, secret);
            var added = await session.Transport.Users.AddAsync(user, cancellationToken);
            session.Output.Rows(added, ["name", "role", "kind", "key"], [[added.Name, added.Role, added.Kind, added.Key ?? string.Empty]]);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command List(GlobalOptions globals)
    {
        var command = new Command("list", "Lists users and keys");
        CommandRunner.Handle(command, globals, static async (session, _, cancellationToken) =>
        {
            var users = await session.Transport.Users.ListAsync(cancellationToken);
            session.Output.Rows(users, ["name", "role", "kind", "created"], users.Select(static user => new[]
            {
                user.Name, user.Role, user.Kind, Text.Time(user.CreatedAt),
            }));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Remove(GlobalOptions globals)
    {
        var name = new Argument<string>("NAME") { Description = "The user's or key's name" };
        var command = new Command("remove", "Removes a user or a key") { name };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            await session.Transport.Users.RemoveAsync(parsed.GetValue(name)!, cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<string> ReadPasswordAsync(CancellationToken cancellationToken)
    {
        var typed = Console.IsInputRedirected ? await Values.InputLineAsync(cancellationToken) : Terminal.AskSecret("Password: ");
        return typed is { Length: > 0 } ? typed : throw new UsageException("A user needs a password: --password, or a line on standard input.");
    }
}
