using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Gives the contract's own value types their schemas, which reflection cannot see behind the converters.</summary>
internal sealed class SchemaDescriber : IOpenApiSchemaTransformer
{
    /// <summary>The component that describes problems.</summary>
    public const string ProblemName = "Problem";

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = context.JsonTypeInfo.Type;
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        if (bare == typeof(JobId)) Become(schema, JobIdSchema());
        else if (bare == typeof(TimeSpan)) Become(schema, DurationSchema());
        else if (bare == typeof(RawJson) || type == typeof(JsonNode)) Become(schema, new OpenApiSchema { Description = "Any JSON." });
        else if (bare.IsEnum) Become(schema, EnumSchema(bare));
        else if (bare == typeof(int) || bare == typeof(long) || bare == typeof(double)) BecomeNumber(schema);
        else if (IsRequest(type)) schema.AdditionalPropertiesAllowed = false;
        return Task.CompletedTask;
    }

    /// <summary>A job's id.</summary>
    public static OpenApiSchema JobIdSchema() => new()
    {
        Type = JsonSchemaType.String,
        Pattern = "^[0-9a-hjkmnp-tv-z]{26}$",
        Description = "26 lower-case letters and digits that sort by creation time.",
    };

    /// <summary>A duration.</summary>
    public static OpenApiSchema DurationSchema() => new()
    {
        Type = JsonSchemaType.Number | JsonSchemaType.String,
        Description = "Seconds, or text like 00:05:00.",
    };

    /// <summary>An enumeration by its names.</summary>
    /// <param name="type">The type.</param>
    public static OpenApiSchema EnumSchema(Type type) => new()
    {
        Type = JsonSchemaType.String,
        Enum = [.. Enum.GetNames(type).Select(name => (JsonNode)JsonNamingPolicy.CamelCase.ConvertName(name))],
    };

    /// <summary>Problem details with Molino's members.</summary>
    public static OpenApiSchema ProblemSchema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "Problem details (RFC 9457).",
        Required = new HashSet<string>(StringComparer.Ordinal) { "type", "title", "status", "detail", "code" },
        Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
        {
            ["type"] = Text("A name for the kind of problem, as a URI."),
            ["title"] = Text("The same for all problems of the code."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Description = "The HTTP status." },
            ["detail"] = Text("What happened here."),
            ["code"] = Text("The stable code."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong, by field; `body` for all of it.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = Text(null) },
            },
            ["error"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "The error of the job that has no result.",
                Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal)
                {
                    ["type"] = Text("The kind of error."),
                    ["message"] = Text("One line."),
                    ["detail"] = Text("More."),
                },
            },
            ["traceId"] = Text("Finds the error in the log."),
        },
    };

    private static bool IsRequest(Type type) => type == typeof(JobSubmission) || type == typeof(RetrySubmission) || type == typeof(JobUpdate) || type == typeof(UserRequest) || type == typeof(SqlRequest);

    private static OpenApiSchema Text(string? description) => new() { Type = JsonSchemaType.String, Description = description };

    /// <summary>Numbers are not read from text, whatever the host's own JSON settings say.</summary>
    private static void BecomeNumber(OpenApiSchema schema)
    {
        schema.Type &= ~JsonSchemaType.String;
        schema.Pattern = null;
    }

    private static void Become(OpenApiSchema schema, OpenApiSchema other)
    {
        schema.Type = other.Type;
        schema.Format = null;
        schema.Pattern = other.Pattern;
        schema.Enum = other.Enum;
        schema.Properties = null;
        schema.Required = null;
        schema.Description ??= other.Description;
    }
}
