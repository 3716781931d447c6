using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Reading;

namespace Molino.Storage.Redis.Health;

/// <summary>Looks at the server once a second, in one round trip: at its time, its memory and its role, and at what other silos have committed.</summary>
internal sealed class ServerLook(RedisEngine engine)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private EventCursor _seen;

    /// <summary>Looks until it is stopped; so a server that does not answer is noticed also while nobody asks.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false)) await LookAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The store is being closed.
        }
    }

    /// <summary>Sets the silo's clock by the server's, if it is one that follows.</summary>
    /// <param name="ask">Sends a command.</param>
    public async Task FollowTimeAsync(Func<RespCommand, Task<Reply>> ask)
    {
        if (engine.Time is not StoreTime clock) return;
        var asked = clock.GetTimestamp();
        clock.Follow(asked, RedisEngine.ToTime(await ask(new RespCommand("TIME")).ConfigureAwait(false)));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            var time = FollowTimeAsync(Ask); // first: what else is asked would blur when it was answered
            var (books, role) = (Ask(RespCommand.Of("HMGET", engine.Keys.Meta, "generation", "events")), Ask(new RespCommand("ROLE")));
            var (queues, memory) = (Ask(RespCommand.Of("SMEMBERS", engine.Keys.Queues)), Ask(RespCommand.Of("INFO", "memory")));
            var notices = engine.Notices.LookAsync(stop);
            await Task.WhenAll(time, books, role, queues, memory).ConfigureAwait(false);
            engine.Learn(await queues.ConfigureAwait(false));
            engine.Memory.Look(UsedMemory.Percent((await memory.ConfigureAwait(false)).Text));
            Judge((await role.ConfigureAwait(false)).Items[0].Text, (await books.ConfigureAwait(false)).Items);
            await notices.ConfigureAwait(false);
        }
        catch (StoreException)
        {
            // The link reports why, and opens itself again.
        }

        Task<Reply> Ask(RespCommand command) => engine.Jobs.ReadAsync(command, stop);
    }

    private void Judge(string role, Reply[] books)
    {
        if (role is not "master") engine.Jobs.Renew("The server has become a replica.");
        else if (books[0].IsNull || books[0].Number != engine.Identity.Generation) engine.Jobs.Renew("The store's generation has changed.");
        else See(new EventCursor(engine.Identity.Generation, books[1].Number));
    }

    /// <summary>Compared with the last look, not with the engine's head: a read of any job moves that too, and tells nobody.</summary>
    private void See(EventCursor head)
    {
        engine.Saw(head.Sequence);
        if (head == _seen) return;
        _seen = head;
        engine.TellLogMoved();
    }
}
