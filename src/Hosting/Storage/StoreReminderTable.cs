using Molino.Clustering;
using Orleans;
using Orleans.Runtime;
using IReminderTable = Molino.Clustering.IReminderTable;

namespace Molino.Hosting;

/// <summary>Keeps the runtime's reminders in the job store, so that they outlive silos: on SQLite for its one silo, on Redis for all.</summary>
internal sealed partial class StoreReminderTable(IReminderTable table) : Orleans.IReminderTable
{
    public async Task<ReminderTableData> ReadRows(GrainId grainId) =>
        new((await table.ReadGrainAsync(grainId.ToString(), CancellationToken.None).ConfigureAwait(false)).Select(Entry));

    public async Task<ReminderTableData> ReadRows(uint begin, uint end) =>
        new((await table.ReadRangeAsync(begin, end, CancellationToken.None).ConfigureAwait(false)).Select(Entry));

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await ReadRows(grainId).ConfigureAwait(false)).Reminders.FirstOrDefault(entry => string.Equals(entry.ReminderName, reminderName, StringComparison.Ordinal));

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var grain = entry.GrainId;
        var row = new ReminderRow(grain.ToString(), entry.ReminderName, grain.GetUniformHashCode(), new DateTimeOffset(DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc)), entry.Period, string.Empty);
        return await table.WriteAsync(row, CancellationToken.None).ConfigureAwait(false);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => table.RemoveAsync(grainId.ToString(), reminderName, eTag, CancellationToken.None);

    private static ReminderEntry Entry(ReminderRow row) => new()
    {
        GrainId = GrainId.Parse(row.Grain),
        ReminderName = row.Name,
        StartAt = row.StartAt.UtcDateTime,
        Period = row.Period,
        ETag = row.Etag,
    };
}
