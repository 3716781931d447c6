using Molino.Core;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>
/// Progress and log of one attempt that are not stored yet. The newest progress wins. Of a long log the first half is stored as it comes;
/// after it the newest lines are kept here until the attempt ends, as the end of a log tells most.
/// </summary>
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
    private Queue<LogLine>? _newest;
    private long _newestBytes;

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
            _count++;
            var numbered = new LogLine(((long)epoch << 32) + _count, time.GetUtcNow(), attempt, line);
            if (_newest is null && _count <= MaxLines / 2 && _bytes + line.Length <= MaxBytes / 2)
            {
                _bytes += line.Length;
                _lines.Add(numbered);
            }
            else
            {
                KeepNewest(numbered);
            }
        }
    }

    /// <summary>Takes what waits.</summary>
    /// <param name="last">Whether the attempt has ended: then the newest lines follow, and a line before them counts what was dropped.</param>
    public (JobProgress? Progress, IReadOnlyList<LogLine> Lines) Take(bool last)
    {
        lock (_gate)
        {
            if (last && _newest is not null)
            {
                if (_dropped > 0) _lines.Add(new LogLine(_newest.Peek().Number - 1, _newest.Peek().At, attempt, $"[{_dropped} lines here were not kept]"));
                _lines.AddRange(_newest);
                _newest.Clear();
                _dropped = 0;
            }

            var taken = (_progress, (IReadOnlyList<LogLine>)_lines);
            _progress = null;
            if (_lines.Count > 0) _lines = [];
            return taken;
        }
    }

    private void KeepNewest(LogLine line)
    {
        _newest ??= new Queue<LogLine>();
        _newest.Enqueue(line);
        _newestBytes += line.Text.Length;
        while (_newest.Count > MaxLines / 2 || _newestBytes > MaxBytes / 2)
        {
            _newestBytes -= _newest.Dequeue().Text.Length;
            _dropped++;
        }
    }
}
