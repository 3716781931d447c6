using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Calls;

/// <summary>The silo or client as the deadlines of calls see it.</summary>
internal interface ICallHost
{
    /// <summary>Gets the cheap clock.</summary>
    CoarseClock Clock { get; }

    /// <summary>Gets the source of time.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>Gets the name for errors.</summary>
    string Name { get; }

    /// <summary>Gets the time that callers wait unless the method says otherwise.</summary>
    TimeSpan ResponseTimeout { get; }

    /// <summary>Counts and logs a call without an answer in time.</summary>
    /// <param name="request">The call.</param>
    /// <param name="timeout">The time.</param>
    void OnTimedOut(GrainRequest request, TimeSpan timeout);
}
