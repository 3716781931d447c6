using System.Globalization;
using System.Runtime.CompilerServices;
using Molino.Storage.Moving;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Moving;

/// <summary>
/// Reads idempotency keys whose job is gone, the newest first: keys are forgotten at the other end, so none is passed over. One that is retired meanwhile shifts
/// the rest by a place, so a page's first ones may have come with the page before.
/// </summary>
internal sealed class RetiredKeys(RedisEngine engine)
{
    private const int Page = 500;

    /// <summary>Reads them all.</summary>
    public async IAsyncEnumerable<StoreItem.RetiredKey> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = new HashSet<string>(StringComparer.Ordinal);
        for (var from = 0; ; from += Page)
        {
            var command = RespCommand.Of(
                "ZREVRANGE", engine.Keys.Forget, from.ToString(CultureInfo.InvariantCulture), (from + Page - 1).ToString(CultureInfo.InvariantCulture));
            var fields = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items.Select(item => item.Text).ToList();
            if (fields.Count == 0) yield break;
            var read = RespCommand.Of("HMGET", engine.Keys.SubmitKeys);
            foreach (var field in fields) read.Arg(field);
            var values = (await engine.Jobs.ReadAsync(read, cancellationToken).ConfigureAwait(false)).Items;
            for (var i = 0; i < fields.Count; i++)
            {
                if (before.Contains(fields[i]) || values[i].IsNull) continue;
                var key = SubmitKey.Unpack(values[i].Bytes);
                if (key.Ended is not { } ended) continue;
                var slash = fields[i].IndexOf('/', StringComparison.Ordinal);
                yield return new StoreItem.RetiredKey(fields[i][..slash], fields[i][(slash + 1)..], key.Job, ended, new SubmittedKey(key.Hash, StoreTicks.ToTime(key.CreatedTicks)));
            }

            before = [.. fields];
        }
    }
}
