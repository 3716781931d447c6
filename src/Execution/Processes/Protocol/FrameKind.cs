namespace Molino.Execution.Processes.Protocol;

/// <summary>What a frame between a silo and its child runner says. Numbers are part of the protocol and never change their meaning.</summary>
internal enum FrameKind : byte
{
    /// <summary>Child: ready; header <see cref="HelloHeader"/>. The first frame.</summary>
    Hello = 1,

    /// <summary>Silo: run a job; header <see cref="StartHeader"/>, body the arguments.</summary>
    Start = 2,

    /// <summary>Silo: cancel the handler's token; header <see cref="StopHeader"/>.</summary>
    Stop = 3,

    /// <summary>Child: progress; header <see cref="ProgressHeader"/>, body the data as JSON.</summary>
    Progress = 4,

    /// <summary>Child: a log line; body UTF-8.</summary>
    Log = 5,

    /// <summary>Child: a call of the job's context; header <see cref="CallHeader"/>, body its value as JSON.</summary>
    Call = 6,

    /// <summary>Silo: the answer to a call, by its id; header <see cref="AnswerHeader"/>, body the value as JSON.</summary>
    Answer = 7,

    /// <summary>Silo: the effect of this call was not done yet, do it.</summary>
    RunEffect = 8,

    /// <summary>Child: the effect of this call is done; header <see cref="AnswerHeader"/>, body its outcome as JSON.</summary>
    EffectDone = 9,

    /// <summary>Child: the attempt is over; header <see cref="EndHeader"/>, body the result as JSON.</summary>
    End = 10,

    /// <summary>Child: an entry for the silo's own log; header <see cref="DiagnosticHeader"/>.</summary>
    Diagnostic = 11,
}
