using System.Globalization;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Retention;

/// <summary>Forgets idempotency keys whose job is gone and whose day is over.</summary>
internal sealed class KeySweep(RedisEngine engine, DateTimeOffset now)
{
    private const int Batch = 250;

    /// <summary>A job is being removed: forgets its key, or keeps it for the rest of its day.</summary>
    public static void JobRemoved(BatchScript script, StoreKeys keys, Job job, SubmitKey key, DateTimeOffset now)
    {
        var field = SubmitKey.FieldOf(job.Spec.Type, job.Spec.IdempotencyKey ?? "");
        var end = key.CreatedTicks + SubmitKey.MinimumLife.Ticks;
        if (end <= StoreTicks.Of(now))
        {
            script.Command("HDEL", keys.SubmitKeys).Add(field);
            return;
        }

        script.Command("HSET", keys.SubmitKeys).Add(field).Add((key with { Ended = job.Status }).Pack());
        script.Command("ZADD", keys.Forget).Add(end).Add(field);
    }

    /// <summary>Forgets a batch.</summary>
    /// <returns>Whether there may be more.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        var until = StoreTicks.Of(now).ToString(CultureInfo.InvariantCulture);
        var command = RespCommand.Of(
            "ZRANGEBYSCORE", engine.Keys.Forget, "-inf", until, "WITHSCORES", "LIMIT", "0", Batch.ToString(CultureInfo.InvariantCulture));
        var fields = (await engine.Jobs.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        if (fields.Length == 0) return false;
        await RawStep.RunAsync(engine, batch => Add(batch.Script, fields), cancellationToken).ConfigureAwait(false);
        return fields.Length == 2 * Batch;
    }

    private void Add(BatchScript script, Reply[] fields)
    {
        // Another silo that forgets the same takes the head away first; a key that came back since then is not touched.
        script.ExpectValue("ZSCORE", engine.Keys.Forget, fields[0].Bytes, fields[1].Bytes);
        for (var i = 0; i < fields.Length; i += 2)
        {
            script.Command("HDEL", engine.Keys.SubmitKeys).Add(fields[i].Bytes);
            script.Command("ZREM", engine.Keys.Forget).Add(fields[i].Bytes);
        }
    }
}
