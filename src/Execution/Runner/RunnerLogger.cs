using Microsoft.Extensions.Logging;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Runner;

/// <summary>A logger of a child runner.</summary>
internal sealed class RunnerLogger(RunnerChannel channel, string category) : ILogger
{
    private const int MaxMessage = 16 * 1024;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        var text = formatter(state, exception);
        if (exception is not null) text = $"{text} {exception}";
        if (text.Length > MaxMessage) text = text[..MaxMessage];
        channel.Send(FrameKind.Diagnostic, 0, new DiagnosticHeader(logLevel, category, text), RunnerJson.Default.DiagnosticHeader);
    }
}
