using System.Text;

namespace Molino.Execution.Processes;

/// <summary>Splits a process's output into lines of bounded length. It reads no further while a line is being taken.</summary>
internal static class OutputReader
{
    /// <summary>Longer lines come in pieces, in bytes.</summary>
    internal const int MaxLine = 8 * 1024;

    /// <summary>Reads to the end of the stream.</summary>
    /// <param name="output">UTF-8 text; what is not becomes replacement characters.</param>
    /// <param name="onLine">Takes each line, without its end.</param>
    internal static async Task ReadAsync(Stream output, Action<string> onLine)
    {
        var buffer = new byte[MaxLine];
        var filled = 0;
        while (true)
        {
            int read;
            try
            {
                read = await output.ReadAsync(buffer.AsMemory(filled)).ConfigureAwait(false);
            }
            catch (Exception error) when (error is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The reader's own side was closed because the process is gone.
                read = 0;
            }

            filled += read;
            var taken = TakeLines(buffer.AsSpan(0, filled), onLine);
            if (taken == 0 && (filled == buffer.Length || (read == 0 && filled > 0)))
            {
                onLine(Encoding.UTF8.GetString(buffer, 0, filled));
                taken = filled;
            }

            if (read == 0)
            {
                if (taken < filled) onLine(Encoding.UTF8.GetString(buffer, taken, filled - taken));
                return;
            }

            buffer.AsSpan(taken, filled - taken).CopyTo(buffer);
            filled -= taken;
        }
    }

    private static int TakeLines(ReadOnlySpan<byte> text, Action<string> onLine)
    {
        var taken = 0;
        while (text[taken..].IndexOf((byte)'\n') is >= 0 and var end)
        {
            onLine(Encoding.UTF8.GetString(text.Slice(taken, end).TrimEnd((byte)'\r')));
            taken += end + 1;
        }

        return taken;
    }
}
