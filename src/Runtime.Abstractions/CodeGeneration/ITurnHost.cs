namespace Molino.Runtime.CodeGeneration;

/// <summary>The activation as work items see it.</summary>
internal interface ITurnHost
{
    /// <summary>Admits, queues or finishes a call.</summary>
    /// <param name="request">The call.</param>
    void Accept(GrainRequest request);

    /// <summary>Hands a finished call back to its activation, from any thread.</summary>
    /// <param name="request">The call.</param>
    void OnInvocationCompleted(GrainRequest request);
}
