using System.Globalization;
using System.Security.Cryptography;
using Molino.Clustering;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Scripts;
using Molino.Storage.Redis.State;

namespace Molino.Storage.Redis.Clustering;

/// <summary>
/// Reminders in Redis: a hash of rows, a sorted set of their hashes, and a set of names for each grain, changed together.
/// </summary>
internal sealed class RedisReminderTable(RedisEngine engine) : IReminderTable
{
    private const char Separator = '\u001f';

    private readonly GuardedFields _rows = new(engine, engine.Keys.Reminders);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReminderRow>> ReadGrainAsync(string grain, CancellationToken cancellationToken)
    {
        var names = (await engine.State.ReadAsync(RespCommand.Of("SMEMBERS", engine.Keys.RemindersOf(grain)), cancellationToken).ConfigureAwait(false)).Items;
        return await RowsAsync([.. names.Select(name => FieldOf(grain, name.Text))], cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReminderRow>> ReadRangeAsync(uint after, uint upTo, CancellationToken cancellationToken)
    {
        if (after < upTo) return await SpanAsync($"({after}", upTo.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        var high = await SpanAsync($"({after}", "+inf", cancellationToken).ConfigureAwait(false);
        return [.. high, .. await SpanAsync("-inf", upTo.ToString(CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false)];
    }

    /// <inheritdoc/>
    public async Task<string> WriteAsync(ReminderRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        var etag = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await RunAsync(row.Grain, row.Name, "*", etag, row, cancellationToken).ConfigureAwait(false);
        return etag;
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string grain, string name, string etag, CancellationToken cancellationToken) =>
        RunAsync(grain, name, etag, "", null, cancellationToken);

    private async Task<bool> RunAsync(string grain, string name, string expected, string etag, ReminderRow? row, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = new RespArguments().Add(engine.Silo).Add(FieldOf(grain, name)).Add(name).Add(expected).Add(etag).Add(row is null ? [] : Pack(row)).Add(row?.Hash ?? 0);
        var call = StoreScript.Reminder.Call([engine.Keys.Reminders, engine.Keys.ReminderIndex, engine.Keys.RemindersOf(grain), engine.Keys.Fence], values);
        return (await engine.State.WriteAsync(call, cancellationToken).ConfigureAwait(false)).Text switch
        {
            "done" => true,
            "removed" => throw engine.Removed(),
            _ => false,
        };
    }

    internal static string FieldOf(string grain, string name) => grain + Separator + name;

    internal static byte[] Pack(ReminderRow row)
    {
        var buffer = new PackBuffer();
        buffer.Unsigned(row.Hash);
        buffer.Signed(StoreTicks.Of(row.StartAt));
        buffer.Signed(row.Period.Ticks);
        return buffer.Written.ToArray();
    }

    private static ReminderRow Unpack(string field, string etag, byte[] packed)
    {
        var reader = new PackReader(packed);
        var at = field.LastIndexOf(Separator);
        return new ReminderRow(field[..at], field[(at + 1)..], (uint)reader.Unsigned(), StoreTicks.ToTime(reader.Signed()), new TimeSpan(reader.Signed()), etag);
    }

    private async Task<IReadOnlyList<ReminderRow>> SpanAsync(string from, string to, CancellationToken cancellationToken)
    {
        var fields = (await engine.State.ReadAsync(RespCommand.Of("ZRANGEBYSCORE", engine.Keys.ReminderIndex, from, to), cancellationToken).ConfigureAwait(false)).Items;
        return await RowsAsync([.. fields.Select(field => field.Text)], cancellationToken).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<ReminderRow>> RowsAsync(List<string> fields, CancellationToken cancellationToken)
    {
        var rows = new List<ReminderRow>();
        foreach (var some in fields.Chunk(500))
        {
            foreach (var (field, etag, bytes) in await _rows.ReadAsync(some, cancellationToken).ConfigureAwait(false)) rows.Add(Unpack(field, etag, bytes));
        }

        return rows;
    }
}
