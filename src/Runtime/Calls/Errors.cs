using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime;

/// <summary>The errors that the runtime itself answers calls with. Each names what is needed to find the cause.</summary>
internal static class Errors
{
    /// <summary>No answer in time.</summary>
    /// <param name="request">The call.</param>
    /// <param name="timeout">The time that passed.</param>
    /// <param name="siloName">The silo that served it.</param>
    /// <returns>The error.</returns>
    public static TimeoutException TimedOut(GrainRequest request, TimeSpan timeout, string siloName) =>
        new($"Response did not arrive on time in {timeout} for call {request.Method} to grain {request.Target!.GrainId} on silo {siloName}. "
            + (request.Phase == RequestPhase.Pending ? "The call had not started." : "The call had started and had not ended."));

    /// <summary>Too many calls wait for an activation.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="limit">The bound.</param>
    /// <returns>The error.</returns>
    public static LimitExceededException Overloaded(Activation activation, int limit) =>
        new($"{activation.Queue.Length} calls wait for grain {activation.GrainId} on silo {activation.SiloName}; the limit is {limit}. Try again later.");

    /// <summary>The silo is not running.</summary>
    /// <param name="silo">The silo.</param>
    /// <returns>The error.</returns>
    public static SiloUnavailableException Stopping(Silo silo) => new($"Silo {silo.Name} takes no such call: it is {silo.State}.");
}
