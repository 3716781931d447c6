namespace Molino.Storage.Sqlite.Layout;

/// <summary>The tables, and the steps from each layout to the next.</summary>
internal static class Schema
{
    /// <summary>Marks a file as one of Molino's (<c>PRAGMA application_id</c>): "moli".</summary>
    public const int ApplicationId = 0x6D6F6C69;

    /// <summary>Steps forward, in order: the first makes layout 1 of an empty file. Never change one that was released; add the next.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE store(id INTEGER PRIMARY KEY CHECK (id = 1), key TEXT NOT NULL, generation INTEGER NOT NULL, boot TEXT NOT NULL, clean INTEGER NOT NULL);
        CREATE TABLE books(id INTEGER PRIMARY KEY CHECK (id = 1), commits INTEGER NOT NULL, jobs INTEGER NOT NULL, events INTEGER NOT NULL,
            accepted INTEGER NOT NULL, removed INTEGER NOT NULL, refused INTEGER NOT NULL, etags INTEGER NOT NULL,
            swept_order INTEGER NOT NULL, swept_job INTEGER NOT NULL);
        INSERT INTO books VALUES (1, 0, 0, 0, 0, 0, 0, 0, -1, -1);
        CREATE TABLE names(code INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE counts(cell INTEGER PRIMARY KEY, jobs INTEGER NOT NULL);
        CREATE TABLE jobs(seq INTEGER PRIMARY KEY, id BLOB NOT NULL, place INTEGER NOT NULL, place_order INTEGER NOT NULL, expires INTEGER,
            last_event INTEGER NOT NULL, keyed INTEGER NOT NULL, state BLOB NOT NULL, spec BLOB, result BLOB);
        CREATE UNIQUE INDEX jobs_by_id ON jobs(id);
        CREATE INDEX jobs_by_place ON jobs(place, place_order);
        CREATE INDEX jobs_by_expiry ON jobs(expires) WHERE expires IS NOT NULL;
        CREATE TABLE specs(seq INTEGER PRIMARY KEY, spec BLOB NOT NULL);
        CREATE TABLE submit_keys(type INTEGER NOT NULL, key TEXT NOT NULL, hash BLOB NOT NULL, job BLOB NOT NULL, created INTEGER NOT NULL,
            ended INTEGER, forget INTEGER, PRIMARY KEY (type, key)) WITHOUT ROWID;
        CREATE INDEX submit_keys_to_forget ON submit_keys(forget) WHERE forget IS NOT NULL;
        CREATE TABLE events(first INTEGER PRIMARY KEY, count INTEGER NOT NULL, at INTEGER NOT NULL, block BLOB NOT NULL);
        CREATE TABLE chunks(id INTEGER PRIMARY KEY, job INTEGER NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL, first INTEGER NOT NULL,
            items INTEGER NOT NULL, length INTEGER NOT NULL, data BLOB NOT NULL);
        CREATE UNIQUE INDEX chunks_by_job ON chunks(job, epoch, number, first);
        CREATE TABLE open_chunks(job INTEGER PRIMARY KEY);
        CREATE TABLE log_lines(job INTEGER NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, attempt INTEGER NOT NULL, line TEXT NOT NULL,
            PRIMARY KEY (job, number)) WITHOUT ROWID;
        CREATE TABLE job_data(job INTEGER NOT NULL, key TEXT NOT NULL, value BLOB NOT NULL, PRIMARY KEY (job, key));
        CREATE TABLE states(type TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, etag INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY (type, id, name));
        """,
        """
        CREATE TABLE reminders(grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, start INTEGER NOT NULL, period INTEGER NOT NULL, etag INTEGER NOT NULL,
            PRIMARY KEY (grain, name)) WITHOUT ROWID;
        CREATE INDEX reminders_by_hash ON reminders(hash);
        """,
        """
        CREATE TABLE paused(queue INTEGER PRIMARY KEY);
        INSERT INTO paused SELECT code FROM names JOIN states ON states.id = names.name WHERE states.type = 'queue' AND states.name = 'policy'
            AND CAST(states.data AS TEXT) LIKE '%true%';
        DELETE FROM states WHERE type = 'queue' AND name = 'policy';
        """,
    ];

    /// <summary>The layout that this version reads and writes.</summary>
    public static int Version => Steps.Length;

    /// <summary>The statements that lead from a layout to the next.</summary>
    /// <param name="version">The layout that the file has; 0 for an empty file.</param>
    public static string StepFrom(int version) => Steps[version];
}
