namespace Molino.Jobs.BuiltIn;

/// <summary>Fails as told.</summary>
internal sealed class FailHandler : IJobHandler<FailArgs, FailResult>
{
    internal static FailHandler Instance { get; } = new();

    public Task<FailResult> RunAsync(FailArgs args, IJobContext context, CancellationToken cancellationToken) =>
        args.Times is { } times && context.Attempt > times
            ? Task.FromResult(new FailResult(context.Attempt))
            : throw new InvalidOperationException(args.Message);
}
