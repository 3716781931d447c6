using Microsoft.Extensions.Logging;

namespace Molino.Execution.Processes;

/// <summary>What the children of a pool have in common.</summary>
internal sealed record ChildRunnerSettings(ProcessRunnerOptions Options, SiloProcesses Silo, TimeProvider Time, ILogger Logger);
