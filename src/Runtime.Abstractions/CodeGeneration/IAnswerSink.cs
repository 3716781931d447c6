namespace Molino.Runtime.CodeGeneration;

/// <summary>Where the answer of a call goes that came from outside of this process.</summary>
internal interface IAnswerSink
{
    /// <summary>Gets a value indicating whether the caller has its answer, or wants none any more.</summary>
    bool IsAnswered { get; }

    /// <summary>Sends the outcome of a call that has ended.</summary>
    /// <param name="request">The call.</param>
    /// <returns>True when the caller had no answer yet.</returns>
    bool TryAnswer(GrainRequest request);

    /// <summary>Sends an error.</summary>
    /// <param name="error">The error.</param>
    /// <returns>True when the caller had no answer yet.</returns>
    bool TryFail(Exception error);
}
