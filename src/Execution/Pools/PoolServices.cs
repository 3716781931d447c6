using Microsoft.Extensions.Logging;
using Molino.Grains;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>What every pool of a silo works with.</summary>
/// <param name="Silo">This silo.</param>
/// <param name="Bells">Where idle pools listen.</param>
/// <param name="Jobs">The job store.</param>
/// <param name="Content">Results, logs, effects.</param>
/// <param name="Types">The job types.</param>
/// <param name="Children">Submits jobs on behalf of handlers.</param>
/// <param name="Options">Times.</param>
/// <param name="Time">The clock.</param>
/// <param name="Loggers">Makes loggers.</param>
internal sealed record PoolServices(
    SiloInfo Silo,
    QueueBells Bells,
    IJobStore Jobs,
    IJobContentStore Content,
    IJobTypeRegistry Types,
    IChildSubmitter Children,
    ExecutionOptions Options,
    TimeProvider Time,
    ILoggerFactory Loggers)
{
    /// <summary>Beats when an attempt starts, in any pool: those who watch attempts sleep while there is none.</summary>
    public Pulse Starts { get; } = new();
}
