using Orleans;

namespace Molino.Core;

/// <summary>An accepted result, or where it is.</summary>
/// <param name="MediaType">For example <c>application/json</c>.</param>
/// <param name="Inline">The bytes, when they are few (up to 64 KiB); empty when <paramref name="Chunks"/> is above zero or retention removed them.</param>
/// <param name="Length">Length of the result in bytes, uncompressed.</param>
/// <param name="Chunks">Number of chunks stored apart from the job: a large result's bytes, or what the handler appended.</param>
/// <param name="Apart">Whether the result's own bytes are the chunks (above 64 KiB), rather than <paramref name="Inline"/>.</param>
[GenerateSerializer, Immutable, Alias("job.result.v1")]
public sealed record JobResult(
    [property: Id(0)] string MediaType,
    [property: Id(1)] ReadOnlyMemory<byte> Inline,
    [property: Id(2)] long Length,
    [property: Id(3)] int Chunks = 0,
    [property: Id(4)] bool Apart = false)
{
    /// <summary>Media type of JSON results.</summary>
    public const string Json = "application/json";

    /// <summary>The largest result kept with its job, in bytes; above it goes to chunks.</summary>
    public const int MaxInlineBytes = 64 * 1024;
}
