using System.CommandLine;

namespace Molino.Cli;

/// <summary><c>store accept CLUSTER</c>.</summary>
internal static class StoreAcceptCommand
{
    public static Command Create(GlobalOptions globals)
    {
        var cluster = new Argument<string>("CLUSTER") { Description = "The cluster's id (Cluster:Id), to show that it is meant" };
        var command = new Command("accept", "Takes the store that is there for the cluster's own, after store_replaced; what was in the other is gone") { cluster };
        CommandRunner.Handle(command, globals, async (session, parsed, cancellationToken) =>
        {
            var store = await session.Transport.AcceptStoreAsync(parsed.GetValue(cluster)!, cancellationToken);
            session.Output.Rows(store, ["accepted", "store", "message"], [[store.Accepted ? "yes" : "nothing to accept", store.Status, store.Message ?? string.Empty]]);
            return ExitCode.Done;
        });
        return command;
    }
}
