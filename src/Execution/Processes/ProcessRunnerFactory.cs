using Microsoft.Extensions.Logging;

namespace Molino.Execution.Processes;

/// <summary>Pools of kind <c>process</c>.</summary>
internal sealed class ProcessRunnerFactory(SiloProcesses silo, TimeProvider time, ILogger<ProcessRunner> logger) : IAttemptRunnerFactory
{
    public string Kind => "process";

    public IAttemptRunner Create(string pool, PoolOptions options) => new ProcessRunner(ProcessRunnerOptions.For(pool, options), silo, time, logger);
}
