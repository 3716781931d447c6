using Molino.Core;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Retention;

/// <summary>Removes blocks of the order of acceptance whose jobs are all gone. Goes round and round, a little at each call.</summary>
internal sealed class OrderSweep(RedisEngine engine)
{
    private const int MaxIds = 512;

    private string _from = "-";

    /// <summary>Looks at the next few blocks.</summary>
    /// <returns>Whether some were removed.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if ((await engine.Jobs.ReadAsync(RespCommand.Of("HGET", engine.Keys.Meta, "removed"), cancellationToken).ConfigureAwait(false)) is { IsNull: false, Number: 0 }) return false;
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

        if (blocks.Length == 0) _from = "-";
        if (delete.Count == 2) return false;
        await engine.Jobs.WriteAsync(delete, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<bool> AnyAsync(byte[] ids, CancellationToken cancellationToken)
    {
        var command = new RespCommand("HMGET", ids.Length * 2).Arg(engine.Keys.Jobs);
        for (var at = 0; at < ids.Length; at += JobId.ByteLength) command.Arg(ids.AsSpan(at, JobId.ByteLength));
        return (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items.Any(record => !record.IsNull);
    }
}
