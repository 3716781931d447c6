using Molino.Core;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>Progress and log of one attempt that are not stored yet: bounded, and the newest progress wins.</summary>
internal sealed class AttemptReport(int attempt, int epoch, TimeProvider time)
{
    private const int MaxLines = 10_000;
    private const int MaxBytes = 1024 * 1024;
    private const int MaxLineLength = 8 * 1024;

    private readonly Lock _gate = new();
    private List<LogLine> _lines = [];
    private JobProgress? _progress;
    private long _count;
    private long _bytes;
    private long _dropped;

    /// <summary>Whether something waits to be stored.</summary>
    public bool IsDirty
    {
        get
        {
            lock (_gate) return _progress is not null || _lines.Count > 0;
        }
    }

    public void Report(JobProgress progress)
    {
        lock (_gate) _progress = progress;
    }

    public void Log(string line)
    {
        if (line.Length > MaxLineLength) line = line[..MaxLineLength];
        lock (_gate)
        {
            if (_count >= MaxLines || _bytes >= MaxBytes)
            {
                _dropped++;
                return;
            }

            _count++;
            _bytes += line.Length;
            _lines.Add(new LogLine(((long)epoch << 32) + _count, time.GetUtcNow(), attempt, line));
        }
    }

    /// <summary>Takes what waits.</summary>
    /// <param name="last">Whether the attempt has ended: then lines that were dropped are counted in a last line.</param>
    public (JobProgress? Progress, IReadOnlyList<LogLine> Lines) Take(bool last)
    {
        lock (_gate)
        {
            if (last && _dropped > 0)
            {
                _lines.Add(new LogLine(((long)epoch << 32) + ++_count, time.GetUtcNow(), attempt, $"[{_dropped} lines more, not kept]"));
                _dropped = 0;
            }

            var taken = (_progress, (IReadOnlyList<LogLine>)_lines);
            _progress = null;
            if (_lines.Count > 0) _lines = [];
            return taken;
        }
    }
}
