using Orleans;

namespace Molino.Client.Gateway;

/// <summary>The answer to a request for a result: a small one itself, or that it has to be streamed.</summary>
/// <param name="Job">The job.</param>
/// <param name="MediaType">The content's media type; null when there is none.</param>
/// <param name="Content">The result when it has up to <see cref="GatewayLimits.InlineBytes"/>; null when there is none or it is larger.</param>
/// <param name="IsStreamed">Whether the result is larger: <see cref="IGatewayResultGrain.ReadContentAsync"/> has it.</param>
[GenerateSerializer, Immutable, Alias("client.gateway-result.v1")]
public sealed record GatewayResult(
    [property: Id(0)] JobView Job, [property: Id(1)] string? MediaType, [property: Id(2)] ReadOnlyMemory<byte>? Content, [property: Id(3)] bool IsStreamed);
