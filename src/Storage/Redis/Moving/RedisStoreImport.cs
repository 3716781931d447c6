using System.Globalization;
using System.Security.Cryptography;
using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Moving;

/// <summary>Makes a new store of a stream of items, with plain commands in pipelines. Its mark is a field of the meta hash, which every store looks at when it opens.</summary>
internal sealed class RedisStoreImport : IStoreImport
{
    private const string Mark = "moving";

    /// <summary>Longer than a store's: the lists of finished jobs are sorted in one command each.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private static readonly JobStatus[] Ends = [JobStatus.Succeeded, JobStatus.Failed, JobStatus.Cancelled, JobStatus.Expired];

    private readonly RedisStoreOptions _options;
    private readonly TimeProvider _time;
    private readonly StoreKeys _keys;
    private readonly ImportLinks _links;
    private ItemWriter? _writer;
    private StoreItem.Head? _head;

    public RedisStoreImport(RedisStoreOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _keys = new StoreKeys(options.Prefix);
        _links = new ImportLinks(options, Patience);
    }

    /// <summary>The error of a store that was never completed.</summary>
    /// <param name="options">Where it is.</param>
    /// <param name="since">What the mark says.</param>
    public static StoreException Unfinished(RedisStoreOptions options, string since) => new(
        ErrorCodes.StoreIncomplete,
        $"The store in Redis under the prefix '{options.Prefix}' is being restored or copied since {since}, or that was broken off: it is not complete. "
        + $"Clear it away with 'molino store discard redis:{AddressOf(options)} --cluster {options.Prefix}', then restore or copy again.");

    /// <inheritdoc/>
    public async Task BeginAsync(StoreItem.Head head, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(head);
        await _links.OpenAsync(cancellationToken).ConfigureAwait(false);
        await CheckEmptyAsync(cancellationToken).ConfigureAwait(false);
        var since = _time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
        var mine = await _links.Jobs.WriteAsync(RespCommand.Of("HSETNX", _keys.Meta, Mark, since), cancellationToken).ConfigureAwait(false);
        if (mine.Number == 0) throw Unfinished(_options, await MarkAsync(cancellationToken).ConfigureAwait(false) ?? "");
        _head = head;
        _writer = new ItemWriter(_links, _keys, head);
    }

    /// <inheritdoc/>
    public Task WriteAsync(IReadOnlyList<StoreItem> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return (_writer ?? throw NotBegun()).WriteAsync(items, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<ImportLeftOut> CompleteAsync(StoreItem.Tail tail, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tail);
        var (writer, head) = (_writer ?? throw NotBegun(), _head ?? throw NotBegun());

        // Retention walks these lists in the order of the ends; the jobs came in the order of acceptance. An entry starts with its time, so bytes sort by time.
        foreach (var key in Ends.Select(_keys.Finished))
            await _links.Jobs.WriteAsync(RespCommand.Of("SORT", key, "ALPHA", "STORE", key), cancellationToken).ConfigureAwait(false);
        var info = (await _links.Jobs.ReadAsync(RespCommand.Of("INFO", "server"), cancellationToken).ConfigureAwait(false)).Text;
        var run = info.Split('\n', StringSplitOptions.TrimEntries).First(line => line.StartsWith("run_id:", StringComparison.Ordinal))["run_id:".Length..];
        var meta = RespCommand.Of("HSET", _keys.Meta, "key", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), "run", run)
            .Arg("generation").Arg(MovedGeneration.After(head.Generation, _time.GetUtcNow()))
            .Arg("layout").Arg(StoreIdentifier.Layout)
            .Arg("jobs").Arg(head.LastJob)
            .Arg("events").Arg(Math.Max(head.LastEvent, tail.LastEvent))
            .Arg("removed").Arg(head.Accepted - writer.Jobs)
            .Arg("refused").Arg(head.Refused);
        await _links.Jobs.WriteAsync(meta, cancellationToken).ConfigureAwait(false);
        await _links.Jobs.WriteAsync(RespCommand.Of("HDEL", _keys.Meta, Mark), cancellationToken).ConfigureAwait(false);
        return writer.LeftOut;
    }

    /// <inheritdoc/>
    public async Task<bool> DiscardAsync(CancellationToken cancellationToken)
    {
        await _links.OpenAsync(cancellationToken).ConfigureAwait(false);
        if (await MarkAsync(cancellationToken).ConfigureAwait(false) is null)
        {
            await CheckEmptyAsync(cancellationToken).ConfigureAwait(false);
            return false;
        }

        foreach (var link in _links.All)
        {
            var cursor = "0";
            do
            {
                var page = (await link.ReadAsync(RespCommand.Of("SCAN", cursor, "MATCH", _options.Prefix + ":*", "COUNT", "1000"), cancellationToken).ConfigureAwait(false)).Items;
                cursor = page[0].Text;
                var unlink = new RespCommand("UNLINK");
                foreach (var key in page[1].Items.Select(item => item.Text).Where(key => key != _keys.Meta)) unlink.Arg(key);
                if (unlink.Count > 1) await link.WriteAsync(unlink, cancellationToken).ConfigureAwait(false);
            }
            while (cursor != "0");
        }

        await _links.Jobs.WriteAsync(RespCommand.Of("DEL", _keys.Meta), cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _links.DisposeAsync();

    private async Task<string?> MarkAsync(CancellationToken cancellationToken)
    {
        var mark = await _links.Jobs.ReadAsync(RespCommand.Of("HGET", _keys.Meta, Mark), cancellationToken).ConfigureAwait(false);
        return mark.IsNull ? null : mark.Text;
    }

    private async Task CheckEmptyAsync(CancellationToken cancellationToken)
    {
        if (await MarkAsync(cancellationToken).ConfigureAwait(false) is { } since) throw Unfinished(_options, since);
        foreach (var link in _links.All)
        {
            var exists = RespCommand.Of("EXISTS", _keys.Meta, _keys.Jobs, _keys.Order, _keys.Events, _keys.Names, _keys.Queues, _keys.States, _keys.Cluster, _keys.Beats, _keys.Reminders);
            if ((await link.ReadAsync(exists, cancellationToken).ConfigureAwait(false)).Number == 0) continue;
            throw new StoreException(
                ErrorCodes.StoreNotEmpty,
                $"Redis has a store already under the prefix '{_options.Prefix}'. A store is only made where none is; give another server, database or cluster.");
        }
    }

    /// <summary>The address as it is typed, with all that says which databases are meant, but for the password.</summary>
    private static string AddressOf(RedisStoreOptions options)
    {
        List<string> parts = [ConnectionSettings.WithoutPassword(options.Connection)];
        if (options.ContentDatabase is { } content) parts.Add(string.Create(CultureInfo.InvariantCulture, $"resultDatabase={content}"));
        if (options.StateDatabase is { } state) parts.Add(string.Create(CultureInfo.InvariantCulture, $"stateDatabase={state}"));
        return string.Join(',', parts);
    }

    private static InvalidOperationException NotBegun() => new("The import has not begun: call BeginAsync first.");
}
