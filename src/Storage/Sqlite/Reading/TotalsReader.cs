using Molino.Core;
using Molino.Storage.Sqlite.Layout;

namespace Molino.Storage.Sqlite.Reading;

/// <summary>Reads the books.</summary>
internal static class TotalsReader
{
    public static StoreTotals Read(StoreReader reader)
    {
        long live = 0, finished = 0;
        var cells = reader.Statement("SELECT cell, jobs FROM counts");
        while (cells.Step())
        {
            var (_, cell) = CountTable.Split(cells.Int64(0));
            if (CountTable.Meaning(cell).Status < (int)JobStatus.Succeeded) live += cells.Int64(1);
            else finished += cells.Int64(1);
        }

        cells.Reset();
        var books = reader.Statement("SELECT accepted, removed, refused FROM books WHERE id=1");
        books.Step();
        var totals = new StoreTotals(books.Int64(0), live, finished, books.Int64(1), books.Int64(2), UsedBytes(reader));
        books.Reset();
        return totals;
    }

    /// <summary>Bytes of pages in use; freed pages are used again and do not count.</summary>
    public static long UsedBytes(StoreReader reader) =>
        (Number(reader, "PRAGMA page_count") - Number(reader, "PRAGMA freelist_count")) * StoreFile.PageSize;

    private static long Number(StoreReader reader, string sql)
    {
        var row = reader.Statement(sql);
        row.Step();
        var number = row.Int64(0);
        row.Reset();
        return number;
    }
}
