using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Molino.Core;

namespace Molino.Client;

/// <summary>How the contract's messages are read and written.</summary>
public static class MolinoJson
{
    /// <summary>Levels that answers put around the JSON of a job: a list, its items, a job, its progress.</summary>
    private const int LevelsAroundJobJson = 4;

    /// <summary>Requests and answers: camelCase, absent values left out, times in RFC 3339, durations in seconds, unknown members refused.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Disallow, JobJson.MaxDepth);

    /// <summary>The same for what a server answers: unknown members are skipped, so that an older client reads a newer server, and the deepest arguments are read inside a list too.</summary>
    public static JsonSerializerOptions Results { get; } = Create(JsonUnmappedMemberHandling.Skip, JobJson.MaxDepth + LevelsAroundJobJson);

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped, int maxDepth)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            MaxDepth = maxDepth,
            UnmappedMemberHandling = unmapped,
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = JsonTypeInfoResolver.Combine(MolinoJsonContext.Default, new DefaultJsonTypeInfoResolver()),
        };
        options.Converters.Add(new DurationConverter());
        options.Converters.Add(new TimestampConverter());
        options.Converters.Add(new JobIdConverter());
        options.Converters.Add(new JsonStringEnumConverter<JobStatus>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<JobEventKind>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter<AttemptOutcome>(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly();
        return options;
    }
}
