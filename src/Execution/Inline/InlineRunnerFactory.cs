using Microsoft.Extensions.Logging;

namespace Molino.Execution.Inline;

/// <summary>Pools of kind <c>inline</c>.</summary>
internal sealed class InlineRunnerFactory(IServiceProvider services, TimeProvider time, ILogger<InlineRunner> logger) : IAttemptRunnerFactory
{
    public string Kind => "inline";

    public IAttemptRunner Create(string pool, PoolOptions options) => new InlineRunner(services, time, logger);
}
