using System.IO.Pipelines;
using System.Text;

namespace Molino.Jobs.SqlLab.Tests;

/// <summary>Pages as text.</summary>
internal static class Pages
{
    public static Task<string> JsonAsync(IReadOnlyList<SqlColumn> columns, long total, IEnumerable<byte[]> parts, long skip, long take) =>
        WriteAsync(output => RowPageWriter.WriteJsonAsync(output, columns, total, ToAsync(parts), skip, take, TestContext.Current.CancellationToken));

    public static Task<string> CsvAsync(IReadOnlyList<SqlColumn> columns, IEnumerable<byte[]> parts, long skip, long take, bool guardFormulas = false) =>
        WriteAsync(output => RowPageWriter.WriteCsvAsync(output, columns, ToAsync(parts), skip, take, guardFormulas, TestContext.Current.CancellationToken));

    private static async Task<string> WriteAsync(Func<PipeWriter, Task> write)
    {
        using var stream = new MemoryStream();
        var output = PipeWriter.Create(stream);
        await write(output);
        await output.CompleteAsync();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ToAsync(IEnumerable<byte[]> parts)
    {
        foreach (var part in parts)
        {
            await Task.Yield();
            yield return part;
        }
    }
}
