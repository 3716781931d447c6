using System.Globalization;
using Molino.Clustering;
using Molino.Storage.Sqlite.Native;
using Molino.Storage.Sqlite.Reading;
using Molino.Storage.Sqlite.Writing;

namespace Molino.Storage.Sqlite.State;

/// <summary>Reminders in SQLite.</summary>
internal sealed class SqliteReminderTable(SqliteEngine engine) : IReminderTable
{
    private const string Columns = "grain, name, hash, start, period, etag";

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadGrainAsync(string grain, CancellationToken cancellationToken) =>
        engine.Readers.ReadAsync<IReadOnlyList<ReminderRow>>(
            reader =>
            {
                var rows = reader.Statement($"SELECT {Columns} FROM reminders WHERE grain=?1 ORDER BY name");
                rows.Bind(1, grain);
                return Read(rows);
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<ReminderRow>> ReadRangeAsync(uint after, uint upTo, CancellationToken cancellationToken) =>
        engine.Readers.ScanAsync<IReadOnlyList<ReminderRow>>(
            reader =>
            {
                if (after < upTo) return Span(reader, after, upTo);
                return [.. Span(reader, after, uint.MaxValue), .. Span(reader, -1, upTo)];
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<string> WriteAsync(ReminderRow row, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(row);
        return engine.WriteAsync(new WriteItem<string>(session => session.Reminders.Write(row)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<bool> RemoveAsync(string grain, string name, string etag, CancellationToken cancellationToken) =>
        engine.WriteAsync(new WriteItem<bool>(session => session.Reminders.Remove(grain, name, etag)), cancellationToken);

    private static List<ReminderRow> Span(StoreReader reader, long after, long upTo)
    {
        var rows = reader.Statement($"SELECT {Columns} FROM reminders WHERE hash>?1 AND hash<=?2 ORDER BY hash");
        rows.Bind(1, after);
        rows.Bind(2, upTo);
        return Read(rows);
    }

    private static List<ReminderRow> Read(NativeStatement rows)
    {
        var found = new List<ReminderRow>();
        while (rows.Step())
        {
            found.Add(new ReminderRow(
                rows.Text(0),
                rows.Text(1),
                (uint)rows.Int64(2),
                new DateTimeOffset(rows.Int64(3), TimeSpan.Zero),
                new TimeSpan(rows.Int64(4)),
                rows.Int64(5).ToString(CultureInfo.InvariantCulture)));
        }

        rows.Reset();
        return found;
    }
}
