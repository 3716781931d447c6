using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Observers;

/// <summary>The silo or client as its observers see it.</summary>
internal interface IObserverHost
{
    /// <summary>Gets the silo's name or the client's id.</summary>
    string ObserverHostName { get; }

    /// <summary>Answers a call that has run.</summary>
    /// <param name="request">The call.</param>
    void CompleteObserverCall(GrainRequest request);
}
