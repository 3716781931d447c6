using System.Globalization;
using Molino.Clustering;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Scripts;

namespace Molino.Storage.Redis.Clustering;

/// <summary>What silos put up, and orders for them, in Redis. Ages are by the server's clock, so that no two clocks are compared.</summary>
internal sealed class RedisSiloBoard(RedisEngine engine) : ISiloBoard
{
    private static readonly TimeSpan KeptOfRemoved = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async Task<SiloInstruction?> PostAsync(ReadOnlyMemory<byte> report, CancellationToken cancellationToken)
    {
        var values = new RespArguments(report.Length + 128).Add(engine.Silo).Add(report.Span);
        var call = StoreScript.Post.Call([engine.Keys.Board, engine.Keys.Fence, engine.Keys.Orders], values);
        var answer = (await engine.State.WriteAsync(call, cancellationToken).ConfigureAwait(false)).Text;
        if (answer == "removed") throw engine.Removed();
        var colon = answer.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new SiloInstruction(long.Parse(answer[..colon], NumberStyles.None, CultureInfo.InvariantCulture), answer[(colon + 1)..]);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SiloNotice>> ReadAsync(CancellationToken cancellationToken)
    {
        var values = new RespArguments().Add((long)KeptOfRemoved.TotalMilliseconds).Add((long)Kept.TotalMilliseconds);
        var call = StoreScript.Board.Call([engine.Keys.Board, engine.Keys.Fence, engine.Keys.Orders], values);
        var rows = (await engine.State.ReadAsync(call, cancellationToken).ConfigureAwait(false)).Items;
        return Array.ConvertAll(rows, static row =>
        {
            var fields = row.Items;
            return new SiloNotice(fields[0].Text, fields[3].Bytes, TimeSpan.FromMilliseconds(fields[1].Number), fields[2].Number == 1);
        });
    }

    /// <inheritdoc/>
    public async Task<long?> InstructAsync(string silo, string text, CancellationToken cancellationToken)
    {
        var values = new RespArguments().Add(silo).Add(text);
        var number = (await engine.State.WriteAsync(StoreScript.Order.Call([engine.Keys.Board, engine.Keys.Orders], values), cancellationToken).ConfigureAwait(false)).Number;
        return number == 0 ? null : number;
    }

    /// <inheritdoc/>
    public async Task LeaveAsync(CancellationToken cancellationToken)
    {
        foreach (var key in (string[])[engine.Keys.Board, engine.Keys.Orders])
            await engine.State.WriteAsync(RespCommand.Of("HDEL", key, engine.Silo), cancellationToken).ConfigureAwait(false);
    }
}
