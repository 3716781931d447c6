using System.Runtime.InteropServices;
using SQLitePCL;

namespace Molino.Jobs.SqlLab.Sqlite;

/// <summary>Opens connections, and the one call that the binding lacks.</summary>
internal static class SqliteConnectionHandle
{
    static SqliteConnectionHandle() => Batteries_V2.Init();

    /// <summary>Opens a database.</summary>
    /// <param name="address">A file's name or URI.</param>
    /// <param name="flags">SQLITE_OPEN_READONLY, or what else.</param>
    /// <exception cref="SqliteOpenException">It cannot be opened.</exception>
    public static sqlite3 Open(string address, int flags)
    {
        var code = raw.sqlite3_open_v2(address, out var connection, flags | raw.SQLITE_OPEN_URI, null);
        if (code == raw.SQLITE_OK) return connection;
        using (connection) throw new SqliteOpenException(code, raw.sqlite3_errstr(code).utf8_to_string());
    }

    /// <summary>Where in the statement the last error is, in bytes from 0; -1 when not known. Since SQLite 3.38.</summary>
    [DllImport("e_sqlite3", EntryPoint = "sqlite3_error_offset", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    public static extern int ErrorOffset(sqlite3 connection);
}
