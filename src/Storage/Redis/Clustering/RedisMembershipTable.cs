using System.Globalization;
using Molino.Clustering;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Scripts;
using Molino.Storage.Redis.State;

namespace Molino.Storage.Redis.Clustering;

/// <summary>The cluster's view and beats in Redis.</summary>
internal sealed class RedisMembershipTable(RedisEngine engine) : IMembershipTable
{
    private const string View = "view";

    private readonly GuardedFields _fields = new(engine, engine.Keys.Cluster);

    /// <inheritdoc/>
    public async Task<MembershipDocument> ReadAsync(CancellationToken cancellationToken) =>
        await _fields.ReadAsync(View, cancellationToken).ConfigureAwait(false) is { } found
            ? new MembershipDocument(long.Parse(found.Etag, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), found.Bytes)
            : MembershipDocument.None;

    /// <inheritdoc/>
    public Task<bool> TryWriteAsync(long expectedVersion, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _fields.WriteAsync(View, expectedVersion == 0 ? null : EtagOf(expectedVersion), EtagOf(expectedVersion + 1), content, cancellationToken);

    /// <inheritdoc/>
    public async Task BeatAsync(long number, CancellationToken cancellationToken)
    {
        var values = new RespArguments().Add(engine.Silo).Add(number);
        var reply = await engine.State.WriteAsync(StoreScript.Beat.Call([engine.Keys.Beats, engine.Keys.Fence], values), cancellationToken).ConfigureAwait(false);
        if (reply.Number == 0) throw engine.Removed();
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloBeat>> ReadBeatsAsync(CancellationToken cancellationToken)
    {
        var fields = (await engine.State.ReadAsync(RespCommand.Of("HGETALL", engine.Keys.Beats), cancellationToken).ConfigureAwait(false)).Items;
        var beats = new SiloBeat[fields.Length / 2];
        for (var i = 0; i < beats.Length; i++) beats[i] = new SiloBeat(fields[2 * i].Text, fields[(2 * i) + 1].Number);
        return beats;
    }

    /// <inheritdoc/>
    public Task ForgetAsync(string silo, CancellationToken cancellationToken) =>
        engine.State.WriteAsync(RespCommand.Of("HDEL", engine.Keys.Beats, silo), cancellationToken);

    private static string EtagOf(long version) => version.ToString("x16", CultureInfo.InvariantCulture);
}
