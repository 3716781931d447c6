using Molino.Core;
using Orleans.Runtime;

namespace Molino.Client.Gateway;

/// <summary>What a failed call means: the error for the caller, and whether the call may be made again. The same rules as over HTTP.</summary>
/// <param name="Error">For the caller.</param>
/// <param name="CanRepeat">Whether it is safe to call again.</param>
/// <param name="Wait">When to call again, if the silo said so.</param>
internal readonly record struct GatewayFailure(Exception Error, bool CanRepeat, TimeSpan? Wait)
{
    /// <summary>Judges what a call threw.</summary>
    /// <param name="error">What it threw, other than the caller's own cancellation.</param>
    /// <param name="repeat">Whether doing it twice is doing it once.</param>
    /// <param name="call">The call's name, for messages.</param>
    public static GatewayFailure Of(Exception error, Repeat repeat, string call)
    {
        switch (error)
        {
            case JobValidationException or RefusedException:
                return new(error, false, null);
            case JobSystemException { Code: ClientErrorCodes.NotReachable }:
                return new(error, true, null); // no connection was made
            case JobSystemException { Code: ClientErrorCodes.Unauthorized or ClientErrorCodes.UnexpectedAnswer }:
                return new(error, false, null);
            case JobSystemException { Code: ErrorCodes.OutcomeUnknown } lost when repeat == Repeat.Always:
                return new(Refuse(lost), true, TimeSpan.FromSeconds(RefusalStatus.RetryAfter(lost.Code) ?? 0));
            case JobSystemException { Code: ErrorCodes.OutcomeUnknown }:
                return new(Unknown(call, error), false, null);
            case JobSystemException { Code: ErrorCodes.StoreUnavailable or ErrorCodes.ShuttingDown } later:
                return new(Refuse(later), true, TimeSpan.FromSeconds(RefusalStatus.RetryAfter(later.Code) ?? 0));
            case JobSystemException refusal:
                return new(Refuse(refusal), false, null);
            case SiloUnavailableException or TimeoutException when repeat == Repeat.IfNotDone:
                return new(Unknown(call, error), false, null);
            case SiloUnavailableException or TimeoutException or EnumerationAbortedException:
                return new(NotReachable(error), true, null);
            case OrleansException when GatewayRuntime.WasNeverSent(error):
                return new(NotReachable(error), true, null); // it never reached the silo, or was turned away
            case OrleansException when repeat == Repeat.IfNotDone:
                return new(Unknown(call, error), false, null);
            case OrleansException:
                return new(NotReachable(error), true, null); // what else a runtime may say of its connections
            case OperationCanceledException:
                return new(NotReachable(error), false, null); // the client was closed
            default:
                return new(error, false, null);
        }
    }

    private static RefusedException Refuse(JobSystemException error) => RefusalStatus.Refuse(error.Code, error.Message);

    private static JobSystemException NotReachable(Exception error) => new(ClientErrorCodes.NotReachable, $"No gateway answers: {error.Message}", error);

    private static JobSystemException Unknown(string call, Exception error) => new(
        ErrorCodes.OutcomeUnknown,
        $"The gateway was lost before it answered {call}; whether it was done is not known. A submit with an idempotency key can be repeated safely. {error.Message}",
        error);
}
