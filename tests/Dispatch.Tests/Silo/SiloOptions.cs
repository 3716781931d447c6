using Microsoft.Extensions.DependencyInjection;
using Molino.Dispatch.Tests.Timing;
using Molino.Execution;
using Molino.Hosting;

namespace Molino.Dispatch.Tests;

/// <summary>What a test changes of its silo.</summary>
public sealed record SiloOptions
{
    /// <summary>The store's folder; null for one that goes with the silo.</summary>
    public TestFolder? Folder { get; init; }

    /// <summary>Configuration.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Slots of the default pool.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Defaults of the type <c>act</c>.</summary>
    public Action<JobTypeOptions>? Type { get; init; }

    /// <summary>More job types and pools; a pool here replaces the default one.</summary>
    public Action<MolinoBuilder>? Molino { get; init; }

    /// <summary>Times of execution.</summary>
    public Action<ExecutionOptions>? Execution { get; init; }

    /// <summary>The silo's clock; null for the real one.</summary>
    public HeldTime? Clock { get; init; }

    /// <summary>Changes services when all are registered.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Whether the type <c>act</c> is known.</summary>
    public bool KnowsAct { get; init; } = true;
}
