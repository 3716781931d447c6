using System.Globalization;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Retention;

/// <summary>Removes the oldest blocks of events, one batch. Two silos that do it at once do the same.</summary>
internal sealed class EventSweep(RedisEngine engine, RetentionLimits limits, DateTimeOffset now)
{
    private const int Batch = 100;

    /// <summary>Does a batch.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var last = (await engine.Jobs.ReadAsync(RespCommand.Of("HGET", engine.Keys.Meta, "events"), cancellationToken).ConfigureAwait(false)).Number;
        var read = new RespCommand("XRANGE").Arg(engine.Keys.Events).Arg("-").Arg("+").Arg("COUNT").Arg(Batch);
        var blocks = (await engine.Jobs.ReadAsync(read, cancellationToken).ConfigureAwait(false)).Items;
        var old = 0;
        long upTo = 0;
        foreach (var block in blocks)
        {
            var id = block.Items[0].Text;
            var number = long.Parse(id.AsSpan(0, id.IndexOf('-', StringComparison.Ordinal)), NumberStyles.None, CultureInfo.InvariantCulture);
            if (number > last - limits.MaxEvents && TimeOf(block.Items[1].Items[1].Bytes) > StoreTicks.Of(now - limits.Events)) break;
            upTo = number;
            old++;
        }

        if (old == 0) return false;
        var trim = new RespCommand("XTRIM").Arg(engine.Keys.Events).Arg("MINID").Arg("=").Arg(upTo + 1);
        await engine.Jobs.WriteAsync(trim, cancellationToken).ConfigureAwait(false);
        return old == Batch;
    }

    /// <summary>The time of a block's first group.</summary>
    private static long TimeOf(byte[] block) => block.Length < 12 ? 0 : JobRecord.ReadBytes(block.AsSpan(5, 7));
}
