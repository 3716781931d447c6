using System.Text.Json.Nodes;
using Orleans;

namespace Molino.Client.Gateway;

/// <summary>A <see cref="TypeView"/> whose schema is text, as JSON trees do not cross calls.</summary>
[GenerateSerializer, Immutable, Alias("client.gateway-type.v1")]
public sealed record GatewayType
{
    /// <summary>See <see cref="TypeView.Name"/>.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>See <see cref="TypeView.Description"/>.</summary>
    [Id(1)]
    public string? Description { get; init; }

    /// <summary>See <see cref="TypeView.Queue"/>.</summary>
    [Id(2)]
    public required string Queue { get; init; }

    /// <summary><see cref="TypeView.Schema"/> as JSON.</summary>
    [Id(3)]
    public required string Schema { get; init; }

    /// <summary>See <see cref="TypeView.MaxAttempts"/>.</summary>
    [Id(4)]
    public required int MaxAttempts { get; init; }

    /// <summary>See <see cref="TypeView.TimeLimit"/>.</summary>
    [Id(5)]
    public required TimeSpan TimeLimit { get; init; }

    /// <summary>See <see cref="TypeView.SoftTimeLimit"/>.</summary>
    [Id(6)]
    public required TimeSpan SoftTimeLimit { get; init; }

    /// <summary>See <see cref="TypeView.Priority"/>.</summary>
    [Id(7)]
    public required int Priority { get; init; }

    /// <summary>Writes the schema.</summary>
    /// <param name="type">The type.</param>
    public static GatewayType Of(TypeView type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return new()
        {
            Name = type.Name,
            Description = type.Description,
            Queue = type.Queue,
            Schema = type.Schema.ToJsonString(),
            MaxAttempts = type.MaxAttempts,
            TimeLimit = type.TimeLimit,
            SoftTimeLimit = type.SoftTimeLimit,
            Priority = type.Priority,
        };
    }

    /// <summary>Reads the schema.</summary>
    public TypeView ToView() => new()
    {
        Name = Name,
        Description = Description,
        Queue = Queue,
        Schema = JsonNode.Parse(Schema)!,
        MaxAttempts = MaxAttempts,
        TimeLimit = TimeLimit,
        SoftTimeLimit = SoftTimeLimit,
        Priority = Priority,
    };
}
