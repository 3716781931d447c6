namespace Molino.Jobs.BuiltIn;

/// <summary>Returns its arguments.</summary>
internal sealed class EchoHandler : IJobHandler<EchoValue, EchoValue>
{
    internal static EchoHandler Instance { get; } = new();

    public Task<EchoValue> RunAsync(EchoValue args, IJobContext context, CancellationToken cancellationToken) => Task.FromResult(args);
}
