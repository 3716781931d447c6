using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Molino.Core;

namespace Molino.Api;

/// <summary>Completes an operation of the document from its call: parameters, body, answers, errors and examples.</summary>
internal sealed class OperationDescriber : IOpenApiOperationTransformer
{
    /// <inheritdoc/>
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var call = context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiCall>().FirstOrDefault();
        if (call is null || context.Document is not { } document) return;
        operation.OperationId = call.Name;
        operation.Summary = call.Summary;
        operation.Description = Description(call);
        operation.Tags = new HashSet<OpenApiTagReference> { new(call.Group, document) };
        operation.Parameters = [.. PathParameters(context.Description.RelativePath ?? ""), .. call.Query.Select(QueryParameter)];
        if (call.Body is { } body) operation.RequestBody = await BodyAsync(body, context, document, cancellationToken);
        operation.Responses ??= [];
        foreach (var answer in call.Answers) Complete(operation.Responses, answer);
        AddErrors(operation.Responses, call, document);
    }

    private static string Description(ApiCall call)
    {
        var role = call.Role is { } least ? $"Where a login is required: role {AccessControl.NameOf(least)}." : "Needs no login.";
        return call.Description is null ? role : $"{call.Description}\n\n{role}";
    }

    private static IEnumerable<IOpenApiParameter> PathParameters(string path) =>
        from part in path.Split('/')
        where part.StartsWith('{')
        let name = part[1..^1]
        select new OpenApiParameter
        {
            Name = name,
            In = ParameterLocation.Path,
            Required = true,
            Description = name == "id" ? "The job's id." : "The name.",
            Schema = name == "id" ? SchemaDescriber.JobIdSchema() : new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static OpenApiParameter QueryParameter(ApiParameter parameter) => new()
    {
        Name = parameter.Name,
        In = ParameterLocation.Query,
        Description = parameter.Description,
        Schema = parameter.Kind switch
        {
            ParameterKind.Integer => new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
            ParameterKind.Duration => SchemaDescriber.DurationSchema(),
            ParameterKind.Timestamp => new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" },
            ParameterKind.Flag => new OpenApiSchema { Type = JsonSchemaType.Boolean },
            ParameterKind.Status => SchemaDescriber.EnumSchema(typeof(JobStatus)),
            _ => new OpenApiSchema { Type = JsonSchemaType.String },
        },
    };

    private static async Task<OpenApiRequestBody> BodyAsync(
        ApiBody body,
        OpenApiOperationTransformerContext context,
        OpenApiDocument document,
        CancellationToken cancellationToken)
    {
        var item = body.Type.IsGenericType ? body.Type.GetGenericArguments()[0] : body.Type;
        document.AddComponent(item.Name, await context.GetOrCreateSchemaAsync(item, null, cancellationToken));
        IOpenApiSchema schema = new OpenApiSchemaReference(item.Name, document);
        if (item != body.Type) schema = new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema, MinItems = 1 };
        return new OpenApiRequestBody
        {
            Required = !body.Optional,
            Description = string.Create(CultureInfo.InvariantCulture, $"At most {body.Limit / (1024 * 1024)} MiB, at most 64 levels deep; unknown fields are refused."),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schema, Example = JsonNode.Parse(body.Example) } },
        };
    }

    private static void Complete(OpenApiResponses responses, ApiAnswer answer)
    {
        var key = answer.Status.ToString(CultureInfo.InvariantCulture);
        if (!responses.TryGetValue(key, out var known) || known is not OpenApiResponse response) responses[key] = response = new OpenApiResponse();
        response.Description = answer.Description;
        if (answer.Example is null || response.Content is null || !response.Content.TryGetValue(answer.MediaType, out var content)) return;
        content.Example = answer.MediaType == "application/json" ? JsonNode.Parse(answer.Example) : JsonValue.Create(answer.Example);
    }

    private static void AddErrors(OpenApiResponses responses, ApiCall call, OpenApiDocument document)
    {
        var codes = new HashSet<string>(call.Errors, StringComparer.Ordinal) { call.InvalidCode, ErrorCodes.InternalError };
        if (call.Role is not null) codes.UnionWith([ApiErrorCodes.Unauthorized, ApiErrorCodes.Forbidden, ApiErrorCodes.TooManyAttempts, ErrorCodes.Timeout]);
        codes.UnionWith([ApiErrorCodes.ForbiddenHost, ApiErrorCodes.ForbiddenOrigin]);
        if (call.Body is not null) codes.UnionWith([ErrorCodes.TooLarge, ApiErrorCodes.UnsupportedMediaType]);
        foreach (var group in codes.Select(ProblemCatalog.Of).GroupBy(kind => kind.Status).OrderBy(group => group.Key))
        {
            var key = group.Key.ToString(CultureInfo.InvariantCulture);
            if (responses.ContainsKey(key)) continue;
            responses[key] = new OpenApiResponse
            {
                Description = string.Join(" · ", group.Select(kind => $"`{kind.Code}` {kind.Title}")),
                Headers = group.Any(kind => kind.RetryAfter is not null) ? RetryAfter() : null,
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [Problem.MediaType] = new() { Schema = new OpenApiSchemaReference(SchemaDescriber.ProblemName, document), Examples = Examples(group) },
                },
            };
        }
    }

    private static Dictionary<string, IOpenApiExample> Examples(IEnumerable<ProblemKind> kinds) => kinds.ToDictionary(
        kind => kind.Code,
        kind =>
        {
            var problem = new JsonObject
            {
                ["type"] = "urn:molino:problem:" + kind.Code,
                ["title"] = kind.Title,
                ["status"] = kind.Status,
                ["detail"] = kind.Title,
                ["code"] = kind.Code,
            };
            if (kind.Code is ErrorCodes.InvalidJob or ErrorCodes.InvalidRequest) problem["errors"] = new JsonObject { ["priority"] = new JsonArray("Must be 0 to 10.") };
            return (IOpenApiExample)new OpenApiExample { Value = problem };
        },
        StringComparer.Ordinal);

    private static Dictionary<string, IOpenApiHeader> RetryAfter() => new(StringComparer.Ordinal)
    {
        ["Retry-After"] = new OpenApiHeader { Description = "Seconds after which to try again.", Schema = new OpenApiSchema { Type = JsonSchemaType.Integer } },
    };
}
