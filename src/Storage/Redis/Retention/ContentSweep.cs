using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Retention;

/// <summary>Removes what is kept apart under keys of its own. Done before the job itself goes, so that nothing is left behind whenever this ends.</summary>
internal static class ContentSweep
{
    /// <summary>The most attempts of a job whose parts are looked for; those of older ones go with their time to live.</summary>
    private const int MaxAttempts = 32;

    /// <summary>Removes parts of results, and with <paramref name="all"/> also logs and data.</summary>
    public static async Task RemoveAsync(RedisEngine engine, List<StoredJob> jobs, bool all, CancellationToken cancellationToken)
    {
        var mine = new RespCommand("UNLINK");
        var parts = new RespCommand("UNLINK");
        foreach (var job in jobs.Select(stored => stored.Job))
        {
            if (all) mine.Arg(engine.Keys.Log(job.Id)).Arg(engine.Keys.Data(job.Id));
            for (var epoch = job.Token.Epoch; epoch > Math.Max(0, job.Token.Epoch - MaxAttempts); epoch--) parts.Arg(engine.Keys.Parts(job.Id, epoch));
        }

        if (mine.Count > 1) await engine.Jobs.WriteAsync(mine, cancellationToken).ConfigureAwait(false);
        if (parts.Count > 1) await engine.Content.WriteAsync(parts, cancellationToken).ConfigureAwait(false);
    }
}
