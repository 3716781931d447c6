using System.CommandLine;
using System.Globalization;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Moving.Archive;

namespace Molino.Cli;

/// <summary><c>store backup|restore|copy|count|discard</c>. A backup comes from the server; the rest opens stores that no silo uses.</summary>
internal static class StoreCommands
{
    private const string AddressHelp = "sqlite:PATH, or redis:HOST:PORT with the settings of Store:Redis after it";
    private static readonly string[] CountColumns = ["what", "count"];
    private static readonly string[] CompareColumns = ["what", "source", "target", ""];

    public static Command Create(GlobalOptions globals) => new("store", "Backs stores up, restores, copies and counts them; takes a replaced one for the cluster's own")
    {
        Backup(globals), Restore(globals), Copy(globals), Count(globals), Discard(globals), StoreAcceptCommand.Create(globals),
    };

    private static Command Backup(GlobalOptions globals)
    {
        var file = new Argument<string>("FILE") { Description = "The archive to write; it must not be there yet" };
        var from = new Option<string?>("--from") { Description = $"A store that no silo uses, instead of the server's: {AddressHelp}", HelpName = "store" };
        var cluster = Cluster();
        var command = new Command("backup", "Writes the store into a file; from a running server unless --from is given") { file, from, cluster };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var target = new BackupFile(parsed.GetValue(file)!);
            var tally = await target.WriteAsync(
                async output =>
                {
                    if (parsed.GetValue(from) is { } address) return await StoreMover.BackupAsync(Address(address, parsed.GetValue(cluster)!), output, null, cancellationToken);
                    var received = new StoreTally();
                    await using var archive = await session.Transport.Store.OpenBackupAsync(cancellationToken);
                    await StoreArchiveReader.CopyAsync(archive, output, received.Add, cancellationToken);
                    return received;
                },
                cancellationToken);
            Print(session, tally);
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Restore(GlobalOptions globals)
    {
        var file = new Argument<string>("FILE") { Description = "An archive that 'store backup' wrote" };
        var to = new Option<string>("--to") { Description = $"Where the store is made; nothing may be there: {AddressHelp}", HelpName = "store", Required = true };
        var cluster = Cluster();
        var command = new Command("restore", "Makes a new store of an archive; the archive is checked first") { file, to, cluster };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var path = parsed.GetValue(file)!;
            if (!File.Exists(path)) throw new UsageException($"There is no file {path}.");
            using var progress = new MoveProgress();
            try
            {
                return Print(session, await StoreMover.RestoreAsync(path, Address(parsed.GetValue(to)!, parsed.GetValue(cluster)!), progress, cancellationToken), progress);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new JobSystemException(ErrorCodes.InvalidRequest, $"{path} cannot be read: {error.Message}", error);
            }
        });
        return command;
    }

    private static Command Copy(GlobalOptions globals)
    {
        var from = new Option<string>("--from") { Description = $"The store, used by no silo: {AddressHelp}", HelpName = "store", Required = true };
        var to = new Option<string>("--to") { Description = "Where the copy is made; nothing may be there", HelpName = "store", Required = true };
        var cluster = Cluster();
        var command = new Command("copy", "Copies a store into a new one, of the same kind or the other, and compares the counts") { from, to, cluster };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var id = parsed.GetValue(cluster)!;
            using var progress = new MoveProgress();
            return Print(session, await StoreMover.CopyAsync(Address(parsed.GetValue(from)!, id), Address(parsed.GetValue(to)!, id), progress, cancellationToken), progress);
        });
        return command;
    }

    private static Command Count(GlobalOptions globals)
    {
        var store = new Argument<string>("STORE") { Description = AddressHelp };
        var cluster = Cluster();
        var command = new Command("count", "Counts what a store holds, by reading all of it") { store, cluster };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            Print(session, await StoreMover.CountAsync(Address(parsed.GetValue(store)!, parsed.GetValue(cluster)!), cancellationToken));
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Discard(GlobalOptions globals)
    {
        var store = new Argument<string>("STORE") { Description = AddressHelp };
        var cluster = Cluster();
        var command = new Command("discard", "Clears away what a broken copy or restore left; a whole store is not touched") { store, cluster };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var address = Address(parsed.GetValue(store)!, parsed.GetValue(cluster)!);
            var found = await StoreMover.DiscardAsync(address, cancellationToken);
            session.Output.Item(new { store = address.Name, discarded = found }, [address.Name, found ? "cleared away" : "nothing there"]);
            return ExitCode.Done;
        });
        return command;
    }

    private static Option<string> Cluster() => new("--cluster")
    {
        Description = "What the keys of a store in Redis start with: the cluster's id (Cluster:Id), or Store:Prefix where the silos have that",
        HelpName = "id",
        DefaultValueFactory = static _ => "molino",
    };

    private static StoreAddress Address(string text, string cluster)
    {
        try
        {
            return StoreAddress.Parse(text, cluster);
        }
        catch (JobSystemException error) when (error.Code == ErrorCodes.InvalidRequest)
        {
            throw new UsageException(error.Message);
        }
    }

    private static void Print(CliSession session, StoreTally tally) =>
        session.Output.Rows(tally.Counts, CountColumns, tally.Counts.Select(count => new[] { count.Key, Text.Number(count.Value) }));

    private static int Print(CliSession session, StoreComparison comparison, MoveProgress progress)
    {
        progress.Clear();
        session.Output.Rows(
            comparison, CompareColumns, comparison.Rows.Select(row => new[] { row.What, Text.Number(row.Source), Text.Number(row.Target), row.Source == row.Target ? "" : "differs" }));
        var seconds = Math.Max(comparison.Elapsed.TotalSeconds, 0.001);
        Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{comparison.Jobs} jobs in {seconds:0.0} s, {comparison.Jobs / seconds:0} jobs/s; counts {(comparison.Matches ? "match" : "differ")}"));
        return comparison.Matches ? ExitCode.Done : ExitCode.Mismatch;
    }
}
