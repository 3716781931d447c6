using Molino.Core;
using Molino.Storage.Moving;
using Molino.Storage.Sqlite.Reading;

namespace Molino.Storage.Sqlite.Moving;

/// <summary>Reads what belongs to no job that is kept: keys of removed jobs, and state of grains.</summary>
internal static class RestReader
{
    private const int Keys = 500;
    private const int States = 50;

    /// <summary>Reads keys whose job is gone, after one.</summary>
    public static List<StoreItem.RetiredKey> ReadKeys(StoreReader reader, StoreItem.RetiredKey? after)
    {
        var rows = reader.Statement("SELECT type, key, hash, job, created, ended FROM submit_keys WHERE (type, key)>(?1, ?2) AND ended IS NOT NULL ORDER BY type, key LIMIT ?3");
        rows.Bind(1, after is not null && reader.Names.TryCodeOf(after.Type, out var code) ? code : 0);
        rows.Bind(2, after?.Key ?? "");
        rows.Bind(3, Keys);
        var found = new List<StoreItem.RetiredKey>();
        while (rows.Step())
        {
            var submitted = new SubmittedKey(rows.Blob(2).ToArray(), new DateTimeOffset(rows.Int64(4), TimeSpan.Zero));
            found.Add(new StoreItem.RetiredKey(reader.Names.NameOf((int)rows.Int64(0)), rows.Text(1), JobId.FromBytes(rows.Blob(3)), (JobStatus)rows.Int64(5), submitted));
        }

        rows.Reset();
        return found;
    }

    /// <summary>Reads grain state, after a record.</summary>
    public static List<StoreItem.GrainState> ReadStates(StoreReader reader, StoreItem.GrainState? after)
    {
        var rows = reader.Statement("SELECT type, id, name, data FROM states WHERE (type, id, name)>(?1, ?2, ?3) ORDER BY type, id, name LIMIT ?4");
        rows.Bind(1, after?.Type ?? "");
        rows.Bind(2, after?.Id ?? "");
        rows.Bind(3, after?.Name ?? "");
        rows.Bind(4, States);
        var found = new List<StoreItem.GrainState>();
        while (rows.Step()) found.Add(new StoreItem.GrainState(rows.Text(0), rows.Text(1), rows.Text(2), rows.Blob(3).ToArray()));
        rows.Reset();
        return found;
    }
}
