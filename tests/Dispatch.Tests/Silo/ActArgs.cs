namespace Molino.Dispatch.Tests;

/// <summary>Arguments of the tests' own job: which act of the stage to play.</summary>
[JobType("act")]
public sealed record ActArgs(string Name);
