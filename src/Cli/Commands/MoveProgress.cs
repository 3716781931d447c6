using System.Diagnostics;
using System.Globalization;

namespace Molino.Cli;

/// <summary>Shows on a terminal how many jobs were moved; says nothing in a pipe.</summary>
internal sealed class MoveProgress : IProgress<long>, IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly bool _shows = !Console.IsErrorRedirected;
    private readonly long _started = Stopwatch.GetTimestamp();
    private long _last;

    /// <inheritdoc/>
    public void Report(long value)
    {
        if (!_shows || (_last != 0 && Stopwatch.GetElapsedTime(_last) < Pause)) return;
        _last = Stopwatch.GetTimestamp();
        var seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{value} jobs, {value / Math.Max(seconds, 0.001):0} jobs/s   "));
    }

    /// <summary>Takes the line away.</summary>
    public void Clear()
    {
        if (_shows && _last != 0) Console.Error.Write("\r                                        \r");
        _last = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => Clear();
}
