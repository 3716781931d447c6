using System.Globalization;
using System.Text;

namespace Molino.PeerWorker;

/// <summary>The file of the harness that handlers write to: one write per line, appended.</summary>
internal sealed class EventFile : IDisposable
{
    private readonly FileStream _file = new(
        Environment.GetEnvironmentVariable("BENCH_EVENTS") ?? "events.log", FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);

    private readonly Lock _gate = new();

    /// <summary>Now, in seconds since 1970.</summary>
    public static double Now => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;

    /// <summary>Writes a line.</summary>
    public void Write(FormattableString line)
    {
        var bytes = Encoding.ASCII.GetBytes(line.ToString(CultureInfo.InvariantCulture) + "\n");
        lock (_gate) _file.Write(bytes);
    }

    public void Dispose() => _file.Dispose();
}
