using System.Globalization;
using Molino.Clustering;
using Molino.Storage.Sqlite.Layout;
using Molino.Storage.Sqlite.Native;

namespace Molino.Storage.Sqlite.State;

/// <summary>The writer's statements on reminders. Etags come from the same count as those of grain state.</summary>
internal sealed class ReminderRows(NativeConnection connection, Books books)
{
    private readonly NativeStatement _write = connection.Prepare("INSERT OR REPLACE INTO reminders(grain, name, hash, start, period, etag) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    private readonly NativeStatement _delete = connection.Prepare("DELETE FROM reminders WHERE grain=?1 AND name=?2 AND etag=?3");

    /// <summary>Writes a reminder.</summary>
    /// <returns>The new etag.</returns>
    public string Write(ReminderRow row)
    {
        var etag = ++books.LastEtag;
        _write.Bind(1, row.Grain);
        _write.Bind(2, row.Name);
        _write.Bind(3, row.Hash);
        _write.Bind(4, row.StartAt.UtcTicks);
        _write.Bind(5, row.Period.Ticks);
        _write.Bind(6, etag);
        _write.Run();
        return etag.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Removes a reminder.</summary>
    /// <returns>Whether it was there, with this etag.</returns>
    public bool Remove(string grain, string name, string etag)
    {
        if (!long.TryParse(etag, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return false;
        _delete.Bind(1, grain);
        _delete.Bind(2, name);
        _delete.Bind(3, number);
        _delete.Run();
        return connection.Changes > 0;
    }
}
