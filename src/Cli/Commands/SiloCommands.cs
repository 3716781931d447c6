using System.CommandLine;
using Molino.Client;
using Molino.Core;

namespace Molino.Cli;

/// <summary><c>drain [SILO]</c> and <c>control shutdown SILO</c>.</summary>
internal static class SiloCommands
{
    private static readonly string[] Columns = ["silo", "state", "running"];

    public static Command Drain(GlobalOptions globals)
    {
        var silo = new Argument<string?>("SILO") { Description = "The silo's id or name; default: the silo that is asked", DefaultValueFactory = static _ => null };
        var resume = new Option<bool>("--resume") { Description = "End the drain: take work again" };
        var command = new Command("drain", "Lets a silo take no more work; what runs there may end") { silo, resume };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(silo) ?? await AskedAsync(session, cancellationToken);
            return Show(session, await session.Transport.OrderSiloAsync(id, parsed.GetValue(resume) ? SiloOrder.Resume : SiloOrder.Drain, cancellationToken));
        });
        return command;
    }

    public static Command Control(GlobalOptions globals)
    {
        var silo = new Argument<string>("SILO") { Description = "The silo's id or name" };
        var shutdown = new Command("shutdown", "Drains a silo, then ends its process") { silo };
        CommandRunner.Handle(shutdown, globals, async (session, parsed, cancellationToken) =>
            Show(session, await session.Transport.OrderSiloAsync(parsed.GetValue(silo)!, SiloOrder.Shutdown, cancellationToken)));
        return new Command("control", "Changes silos while they run") { shutdown };
    }

    /// <summary>A silo shows itself first.</summary>
    private static async Task<string> AskedAsync(CliSession session, CancellationToken cancellationToken) =>
        (await session.Transport.SilosAsync(cancellationToken)) is [var asked, ..]
            ? asked.Id
            : throw new JobSystemException(ErrorCodes.NotFound, "The server names no silo; give SILO.");

    private static int Show(CliSession session, SiloView silo)
    {
        session.Output.Rows(silo, Columns, [[silo.Id, silo.Status, Text.Number(silo.Running)]]);
        return ExitCode.Done;
    }
}
