using System.Diagnostics;

namespace Molino.Execution.Processes;

/// <summary>Reads both outputs of a command and hands their lines on one at a time.</summary>
internal sealed class CommandOutput
{
    private readonly Lock _gate = new();
    private readonly OutputTail _tail = new();
    private readonly Action<ProcessLine> _onLine;

    internal CommandOutput(Process process, Action<ProcessLine> onLine)
    {
        _onLine = onLine;
        Complete = Task.WhenAll(
            OutputReader.ReadAsync(process.StandardOutput.BaseStream, line => Take(line, isError: false)),
            OutputReader.ReadAsync(process.StandardError.BaseStream, line => Take(line, isError: true)));
    }

    /// <summary>Completes when both outputs were read to their end; fails with what the callback threw.</summary>
    internal Task Complete { get; }

    internal string? LastOutput => _tail.Text();

    private void Take(string line, bool isError)
    {
        _tail.Add(line);
        lock (_gate) _onLine(new ProcessLine(line, isError));
    }
}
