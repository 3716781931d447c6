using System.Security.Cryptography;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Scripts;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis;

/// <summary>Knows which store this is, and checks each new connection against it before anything else may use the connection.</summary>
internal sealed class StoreIdentifier(RedisEngine engine, RedisStoreOptions options)
{
    /// <summary>The layout that this version reads and writes.</summary>
    public const int Layout = 1;

    private string? _expected = options.ExpectedKey;
    private string? _instead;
    private int _generation;
    private volatile StoreIdentity? _identity = options.ExpectedKey is { } key ? new StoreIdentity(key, 0, Layout) : null;

    /// <summary>The store; with generation 0 while it is not there. Null before the first look.</summary>
    public StoreIdentity? Identity => _identity;

    /// <summary>Number of the newest event at the last check.</summary>
    public long LastEvent { get; private set; }

    /// <summary>The next store that is found is ours, whatever its key, and says so to other silos. Its generation will be above all that we knew.</summary>
    public void Accept() => (_instead, _expected) = (_expected ?? _instead, null);

    /// <summary>Checks a server, and loads what has to be known of it.</summary>
    /// <exception cref="StoreException">It is another store, too new, set up so that it would lose jobs, or has removed this silo.</exception>
    public async Task CheckAsync(RespConnection connection)
    {
        var info = Info(await Dialer.AskAsync(connection, RespCommand.Of("INFO")).ConfigureAwait(false));
        if (info.GetValueOrDefault("maxmemory_policy") is { } policy && policy != "noeviction")
        {
            throw new StoreException(
                ErrorCodes.StoreUnavailable,
                $"Redis may throw keys away when memory is short (maxmemory-policy {policy}), jobs among them. Run CONFIG SET maxmemory-policy noeviction, and put it into redis.conf.");
        }

        await StoreScript.LoadAllAsync(connection).ConfigureAwait(false);
        var before = _identity;
        if (options.MustExist && (await Dialer.AskAsync(connection, RespCommand.Of("EXISTS", engine.Keys.Meta)).ConfigureAwait(false)).Number == 0)
            throw new StoreException(ErrorCodes.StoreUnavailable, $"Redis has no store under the prefix '{options.Prefix}'. Give the cluster's id, and the database where it is not the first.");
        var answer = (await OpenAsync(connection, info.GetValueOrDefault("run_id") ?? "").ConfigureAwait(false)).Items;
        switch (answer[0].Text)
        {
            case "replaced":
                throw new StoreException(
                    ErrorCodes.StoreReplaced,
                    answer[1].Text.Length == 0
                        ? $"Redis has no store under the prefix '{options.Prefix}', but there was one ({_expected}). Restore it, or accept the empty one."
                        : $"Redis has another store under the prefix '{options.Prefix}' ({answer[1].Text}) than the one known ({_expected}). Restore that one, or accept the other.");
            case "incomplete":
                throw Moving.RedisStoreImport.Unfinished(options, answer[1].Text);
            case "newer":
                throw new StoreException(ErrorCodes.StoreTooNew, $"The store has layout {answer[1].Number}; this version of Molino knows up to {Layout}. Start the newer version.");
        }

        var identity = new StoreIdentity(answer[1].Text, (int)answer[2].Number, (int)answer[3].Number);
        if (before is null || before != identity) engine.Cache.Clear();
        if (before is not null && before.Key != identity.Key) engine.Names.Clear();
        await engine.Names.LoadAsync(command => Dialer.AskAsync(connection, command)).ConfigureAwait(false);
        await RefuseRemovedAsync(connection).ConfigureAwait(false);
        (_expected, _instead, _generation, LastEvent) = (identity.Key, null, identity.Generation, answer[4].Number);
        _identity = identity;
        if (before != identity) Log.Opened(engine.Logger, options.Prefix, info.GetValueOrDefault("redis_version") ?? "", identity.Generation, identity.SchemaVersion);
    }

    private static Dictionary<string, string> Info(Reply reply)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in reply.Text.Split('\n', StringSplitOptions.TrimEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) values[line[..colon]] = line[(colon + 1)..];
        }

        return values;
    }

    private Task<Reply> OpenAsync(RespConnection connection, string run)
    {
        // A store that was accepted instead of another starts above the other's generation, so that cursors of the other are recognised.
        var above = _identity is { } known && _expected is null ? Math.Max(known.Generation, _generation) : 0;
        var values = new RespArguments()
            .Add(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)))
            .Add(Layout)
            .Add(run)
            .Add(_expected ?? "")
            .Add(above)
            .Add(_instead ?? "");
        return Dialer.AskAsync(connection, StoreScript.Open.Call([engine.Keys.Meta], values));
    }

    private async Task RefuseRemovedAsync(RespConnection connection)
    {
        if ((await Dialer.AskAsync(connection, RespCommand.Of("HEXISTS", engine.Keys.Fence, engine.Silo)).ConfigureAwait(false)).Number == 1)
            throw engine.Removed();
    }
}
