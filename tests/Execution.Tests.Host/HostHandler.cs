using System.Text.Json;

namespace Molino.Execution.Tests.Host;

/// <summary>A handler written as a function of its arguments.</summary>
public sealed class HostHandler(Func<JsonElement, IJobContext, CancellationToken, Task<object?>> run) : IJobHandler<JsonElement, object?>
{
    public Task<object?> RunAsync(JsonElement args, IJobContext context, CancellationToken cancellationToken) => run(args, context, cancellationToken);
}
