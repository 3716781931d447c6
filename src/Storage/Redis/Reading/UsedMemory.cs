using System.Globalization;

namespace Molino.Storage.Redis.Reading;

/// <summary>Reads how much memory the server uses.</summary>
internal static class UsedMemory
{
    /// <summary>Bytes in use, from the answer to <c>INFO memory</c>, without what the server needs at its start.</summary>
    public static long Read(string info) => Math.Max(1, Number(info, "used_memory:") - Number(info, "used_memory_startup:"));

    /// <summary>The share of the memory that the server may use (<c>maxmemory</c>, or the machine's where there is no limit) that is in use, in percent; 0 when it is not known.</summary>
    public static double Percent(string info)
    {
        var limit = Number(info, "maxmemory:");
        if (limit <= 0) limit = Number(info, "total_system_memory:");
        return limit > 0 ? Number(info, "used_memory:") * 100.0 / limit : 0;
    }

    /// <summary>A number of the answer; 0 when it is not there.</summary>
    public static long Number(string info, string name)
    {
        var at = info.IndexOf(name, StringComparison.Ordinal);
        if (at < 0) return 0;
        var rest = info.AsSpan(at + name.Length);
        var end = rest.IndexOfAny('\r', '\n');
        return long.TryParse(end < 0 ? rest : rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
    }
}
