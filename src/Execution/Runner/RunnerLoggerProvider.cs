using Microsoft.Extensions.Logging;

namespace Molino.Execution.Runner;

/// <summary>Sends what is logged in a child runner to the silo's log.</summary>
internal sealed class RunnerLoggerProvider(RunnerChannel channel) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new RunnerLogger(channel, categoryName);

    public void Dispose()
    {
    }
}
