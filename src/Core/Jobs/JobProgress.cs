using Orleans;

namespace Molino.Core;

/// <summary>How far a running job has come, as its handler says.</summary>
/// <param name="Fraction">From 0 to 1; null when the handler cannot tell.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Data">JSON of the handler's own, UTF-8; empty when there is none.</param>
[GenerateSerializer, Immutable, Alias("job.progress.v1")]
public sealed record JobProgress(
    [property: Id(0)] double? Fraction,
    [property: Id(1)] string? Message = null,
    [property: Id(2)] ReadOnlyMemory<byte> Data = default)
{
    /// <summary>Most characters of a <see cref="Message"/> that a handler reports; longer ones are cut.</summary>
    public const int MaxMessageLength = 2_000;

    /// <summary>Most bytes of <see cref="Data"/> that a handler reports; more are refused.</summary>
    public const int MaxDataBytes = 8 * 1024;
}
