using Orleans;

namespace Molino.Storage;

/// <summary>A line of a job's log.</summary>
/// <param name="Number">Counts a job's lines, from 1, across attempts: the attempt's epoch times 2^32 plus the line's place, so that numbers of a later attempt are higher.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Attempt">The attempt that wrote it.</param>
/// <param name="Text">The line.</param>
[GenerateSerializer, Immutable, Alias("store.log-line.v1")]
public sealed record LogLine([property: Id(0)] long Number, [property: Id(1)] DateTimeOffset At, [property: Id(2)] int Attempt, [property: Id(3)] string Text);
