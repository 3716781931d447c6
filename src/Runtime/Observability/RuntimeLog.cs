using Microsoft.Extensions.Logging;
using Molino.Runtime.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Observability;

/// <summary>What the runtime logs. Event ids 2000 to 2099.</summary>
internal sealed partial class RuntimeLog(ILogger<Silo> logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(2000, LogLevel.Information, "Silo {Silo} takes calls")]
    public partial void Started(string silo);

    [LoggerMessage(2001, LogLevel.Warning, "Silo {Silo} is hostile with seed {Seed}: one-way calls get lost, activations double, arguments are copied. To repeat: MOLINO_HOSTILE={Seed}")]
    public partial void Hostile(string silo, int seed);

    [LoggerMessage(2002, LogLevel.Information, "Silo {Silo} has stopped")]
    public partial void Stopped(string silo);

    [LoggerMessage(2003, LogLevel.Warning, "The time to stop silo {Silo} ran out with {Activations} activations left")]
    public partial void StopCutShort(string silo, int activations);

    [LoggerMessage(2010, LogLevel.Debug, "Activated {Grain}")]
    public partial void Activated(GrainId grain);

    [LoggerMessage(2011, LogLevel.Error, "Activating {Grain} failed; the calls that wait for it fail with this error")]
    public partial void ActivationFailed(Exception error, GrainId grain);

    [LoggerMessage(2012, LogLevel.Debug, "Deactivated {Grain}: {Reason}, {Description}")]
    public partial void Deactivated(GrainId grain, DeactivationReasonCode reason, string description);

    [LoggerMessage(2013, LogLevel.Error, "OnDeactivateAsync of {Grain} failed or took too long ({Reason}); the activation goes all the same")]
    public partial void DeactivationFailed(Exception error, GrainId grain, DeactivationReasonCode reason);

    [LoggerMessage(2014, LogLevel.Warning, "{Calls} calls of {Grain} still run after the time for deactivation; the activation goes all the same")]
    public partial void CallsStillRun(GrainId grain, int calls);

    [LoggerMessage(2015, LogLevel.Error, "Disposing {Grain} failed")]
    public partial void DisposalFailed(Exception error, GrainId grain);

    [LoggerMessage(2020, LogLevel.Error, "Code of {Grain} that nobody awaits failed")]
    public partial void TurnFailed(Exception error, GrainId grain);

    [LoggerMessage(2021, LogLevel.Warning, "{Method} of {Grain} failed; nobody waits for its answer")]
    public partial void OneWayCallFailed(Exception error, GrainMethod method, GrainId grain);

    [LoggerMessage(2022, LogLevel.Warning, "{Method} of {Grain} did not answer within {Timeout}")]
    public partial void CallTimedOut(GrainMethod method, GrainId grain, TimeSpan timeout);
}
