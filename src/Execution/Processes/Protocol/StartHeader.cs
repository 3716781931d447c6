namespace Molino.Execution.Processes.Protocol;

/// <summary>The job to run.</summary>
/// <param name="Job">Its id.</param>
/// <param name="Type">Its type.</param>
/// <param name="Attempt">The counted attempt, from 1.</param>
/// <param name="Hard">Hard time limit in ticks.</param>
/// <param name="Soft">Soft time limit in ticks.</param>
/// <param name="OutputMark">The line that the child writes to its error output when the attempt is over: all output of the job stands before it.</param>
internal sealed record StartHeader(string Job, string Type, int Attempt, long Hard, long Soft, string OutputMark);
