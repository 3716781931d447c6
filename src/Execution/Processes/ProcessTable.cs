using System.Globalization;
using System.Text;

namespace Molino.Execution.Processes;

/// <summary>Reads the system's processes from <c>/proc</c>. A process may end while it is read: it is then left out.</summary>
internal static class ProcessTable
{
    private const int ParentField = 1;
    private const int GroupField = 2;
    private const int SessionField = 3;
    private const int StartField = 19;

    /// <summary>All processes now.</summary>
    internal static List<ProcessEntry> Read()
    {
        var entries = new List<ProcessEntry>(256);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) && TryRead(pid) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    /// <summary>One process; null when there is none with this id.</summary>
    internal static ProcessEntry? TryRead(int pid)
    {
        Span<byte> buffer = stackalloc byte[1024];
        var length = TryReadFile($"/proc/{pid}/stat", buffer);
        if (length <= 0) return null;
        var text = buffer[..length];

        // The name stands in parentheses and may hold anything, parentheses included: the fields begin after the last one.
        var rest = text[(text.LastIndexOf((byte)')') + 2)..];
        var fields = new Range[StartField + 2];
        if (Encoding.ASCII.GetString(rest) is var line && line.AsSpan().Split(fields, ' ') <= StartField) return null;
        return new ProcessEntry(
            pid,
            line[0],
            Number(line, fields[ParentField]),
            Number(line, fields[GroupField]),
            Number(line, fields[SessionField]),
            long.Parse(line.AsSpan(fields[StartField]), CultureInfo.InvariantCulture));
    }

    /// <summary>The environment a process was started with, as <c>NAME=value</c> entries ended by NUL; null when it is not readable (or empty: it is just being started).</summary>
    internal static byte[]? TryReadEnvironment(int pid)
    {
        try
        {
            var content = File.ReadAllBytes($"/proc/{pid}/environ");
            return content.Length == 0 ? null : content;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Resident memory in bytes; 0 when the process is gone.</summary>
    internal static long ResidentBytes(int pid)
    {
        Span<byte> buffer = stackalloc byte[256];
        var length = TryReadFile($"/proc/{pid}/statm", buffer);
        if (length <= 0) return 0;
        var parts = Encoding.ASCII.GetString(buffer[..length]).Split(' ');
        return parts.Length > 1 && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var pages) ? pages * Environment.SystemPageSize : 0;
    }

    private static int Number(string line, Range range) => int.Parse(line.AsSpan(range), CultureInfo.InvariantCulture);

    private static int TryReadFile(string path, Span<byte> buffer)
    {
        try
        {
            using var handle = File.OpenHandle(path);
            return RandomAccess.Read(handle, buffer, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
