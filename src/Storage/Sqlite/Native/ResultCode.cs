namespace Molino.Storage.Sqlite.Native;

/// <summary>SQLite's result codes, as far as the store tells them apart (sqlite.org/rescode.html). Extended codes carry more bits above the lowest eight.</summary>
internal static class ResultCode
{
    public const int Ok = 0;
    public const int Busy = 5;
    public const int Locked = 6;
    public const int ReadOnly = 8;
    public const int IoError = 10;
    public const int Corrupt = 11;
    public const int Full = 13;
    public const int CannotOpen = 14;
    public const int Constraint = 19;
    public const int NotADatabase = 26;
    public const int Row = 100;
    public const int Done = 101;

    /// <summary>The plain code of an extended one.</summary>
    public static int Plain(int code) => code & 0xFF;
}
