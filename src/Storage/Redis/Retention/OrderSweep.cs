using Molino.Core;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Retention;

/// <summary>
/// Removes blocks of the order of acceptance whose jobs are all gone: in rounds, a little at each call. A round looks at every job that is kept, so that one begins
/// only when at least a quarter as many have been removed since the last: five looks for each removed job at most, and at most a quarter of the order is waste.
/// </summary>
internal sealed class OrderSweep(RedisEngine engine)
{
    private const int MaxIds = 512;
    private const string Start = "-";

    private string _from = Start;
    private long _removedBefore;

    /// <summary>Looks at the next few blocks.</summary>
    /// <returns>Whether the round goes on.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (_from == Start && !await IsWorthARoundAsync(cancellationToken).ConfigureAwait(false)) return false;
        var read = RespCommand.Of("XRANGE", engine.Keys.Order, _from, "+", "COUNT", "128");
        var blocks = (await engine.Jobs.ReadAsync(read, cancellationToken).ConfigureAwait(false)).Items;
        var delete = RespCommand.Of("XDEL", engine.Keys.Order);
        var looked = 0;
        foreach (var block in blocks)
        {
            if (looked >= MaxIds) break;
            var ids = block.Items[1].Items[1].Bytes;
            looked += ids.Length / JobId.ByteLength;
            _from = "(" + block.Items[0].Text;
            if (!await AnyAsync(ids, cancellationToken).ConfigureAwait(false)) delete.Arg(block.Items[0].Text);
        }

        if (delete.Count > 2) await engine.Jobs.WriteAsync(delete, cancellationToken).ConfigureAwait(false);
        if (blocks.Length == 0) _from = Start;
        return blocks.Length > 0;
    }

    private async Task<bool> IsWorthARoundAsync(CancellationToken cancellationToken)
    {
        var kept = engine.Jobs.ReadAsync(RespCommand.Of("HLEN", engine.Keys.Jobs), cancellationToken);
        var books = await engine.Jobs.ReadAsync(RespCommand.Of("HGET", engine.Keys.Meta, "removed"), cancellationToken).ConfigureAwait(false);
        var removed = books.IsNull ? 0 : books.Number;
        if (removed - _removedBefore < Math.Max(1, (await kept.ConfigureAwait(false)).Number / 4)) return false;
        _removedBefore = removed;
        return true;
    }

    private async Task<bool> AnyAsync(byte[] ids, CancellationToken cancellationToken)
    {
        var command = new RespCommand("HMGET", ids.Length * 2).Arg(engine.Keys.Jobs);
        for (var at = 0; at < ids.Length; at += JobId.ByteLength) command.Arg(ids.AsSpan(at, JobId.ByteLength));
        return (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items.Any(record => !record.IsNull);
    }
}
