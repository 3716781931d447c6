using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Molino.Runtime.Tests.Testing;

/// <summary>Keeps what was logged.</summary>
public sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int EventId, string Text, Exception? Error)> _entries = new();

    public IReadOnlyCollection<(int EventId, string Text, Exception? Error)> Entries => _entries;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId.Id, formatter(state, exception), exception));

    public void Dispose()
    {
    }
}
