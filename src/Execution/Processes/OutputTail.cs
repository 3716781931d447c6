namespace Molino.Execution.Processes;

/// <summary>The last 8 KiB or so of what a process wrote. Safe to use from several threads.</summary>
internal sealed class OutputTail
{
    private const int MaxCharacters = 8 * 1024;

    private readonly Lock _gate = new();
    private readonly Queue<string> _lines = new();
    private int _characters;

    internal void Add(string line)
    {
        if (line.Length > MaxCharacters) line = line[^MaxCharacters..];
        lock (_gate)
        {
            _lines.Enqueue(line);
            _characters += line.Length + 1;
            while (_characters > MaxCharacters && _lines.Count > 1) _characters -= _lines.Dequeue().Length + 1;
        }
    }

    /// <summary>The lines, or null when there are none.</summary>
    internal string? Text()
    {
        lock (_gate)
        {
            return _lines.Count == 0 ? null : string.Join('\n', _lines);
        }
    }
}
