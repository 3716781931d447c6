using Orleans;

namespace Molino.Grains;

/// <summary>What a queue has been told to do; durable.</summary>
[GenerateSerializer, Alias("queue.policy.v1")]
public sealed record QueuePolicy
{
    /// <summary>Whether leasing is paused. Default false.</summary>
    [Id(0)]
    public bool Paused { get; set; }
}
