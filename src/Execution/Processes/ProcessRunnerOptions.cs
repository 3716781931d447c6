namespace Molino.Execution.Processes;

/// <summary>How a pool of kind <c>process</c> keeps its child runners.</summary>
public sealed record ProcessRunnerOptions
{
    /// <summary>The pool's name, for logs and marks.</summary>
    public required string Pool { get; init; }

    /// <summary>Idle children kept at most; more than this run only while the pool asks for them. See <see cref="ProcessRunner.Resize"/>.</summary>
    public int Concurrency { get; init; } = 1;

    /// <summary>A child is replaced after so many jobs; 0 for never.</summary>
    public int MaxJobsPerChild { get; init; }

    /// <summary>A child whose resident memory is above this many megabytes after a job is replaced; 0 for never.</summary>
    public int MaxMemoryMb { get; init; }

    /// <summary>What to start. Default: the running program.</summary>
    public ChildCommand Command { get; init; } = ChildCommand.Self();

    /// <summary>How long a child may take until it is ready. Default 30 s.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a killed attempt's processes may take to end after TERM before KILL; also how long an idle child may take to end in order. Default 2 s.</summary>
    public TimeSpan KillGrace { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait between starts of children that do not start. Default 30 s; the first is a sixtieth of it.</summary>
    public TimeSpan MaxStartBackoff { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Takes what pools share from their configuration.</summary>
    /// <param name="name">The pool's name.</param>
    /// <param name="pool">Its options.</param>
    public static ProcessRunnerOptions For(string name, PoolOptions pool) => new()
    {
        Pool = name,
        Concurrency = pool.Concurrency,
        MaxJobsPerChild = pool.MaxJobsPerChild,
        MaxMemoryMb = pool.MaxMemoryMb,
    };
}
