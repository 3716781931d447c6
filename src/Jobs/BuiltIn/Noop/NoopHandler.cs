namespace Molino.Jobs.BuiltIn;

/// <summary>Does nothing and succeeds.</summary>
internal sealed class NoopHandler : IJobHandler<NoopArgs, NoopResult?>
{
    private static readonly Task<NoopResult?> Done = Task.FromResult<NoopResult?>(null);

    internal static NoopHandler Instance { get; } = new();

    public Task<NoopResult?> RunAsync(NoopArgs args, IJobContext context, CancellationToken cancellationToken) => Done;
}
