namespace Molino.Runtime.CodeGeneration;

/// <summary>Where a call stands on its activation.</summary>
internal enum RequestPhase : byte
{
    /// <summary>On its way to the activation, or waiting there.</summary>
    Pending,

    /// <summary>Started and not finished.</summary>
    Running,

    /// <summary>Finished; its outcome waits for a turn.</summary>
    Finishing,

    /// <summary>Done with.</summary>
    Done,
}
