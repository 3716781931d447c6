namespace Molino.Dispatch.Tests;

/// <summary>What a handler does in a test.</summary>
public delegate Task<string?> Act(IJobContext context, CancellationToken cancellationToken);
