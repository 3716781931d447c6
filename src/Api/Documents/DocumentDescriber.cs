using System.Reflection;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Molino.Api;

/// <summary>Gives the document its head: title, groups, ways to log in.</summary>
internal sealed class DocumentDescriber : IOpenApiDocumentTransformer
{
    /// <summary>Molino's version.</summary>
    public static string Version { get; } = (typeof(DocumentDescriber).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0").Split('+')[0];

    private static readonly (string Name, string Description)[] Groups =
    [
        ("Jobs", "Submit, follow and act on jobs."),
        ("Queues", "What waits, and pausing it."),
        ("Events", "What happens, as a stream or by polling."),
        ("Sql", "SQL queries as jobs."),
        ("Cluster", "Job types, pools and silos."),
        ("Users", "Who may call; administrators only."),
        ("Health", "Probes."),
    ];

    /// <inheritdoc/>
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Molino",
            Version = Version,
            Description = "Durable distributed background jobs. JSON is camelCase, times are RFC 3339 in UTC, durations are read from seconds or text like `00:05:00` and written as seconds. "
                + "Errors are problem details (RFC 9457) with a stable `code`. Unknown fields and parameters are refused.",
        };
        document.Tags = new HashSet<OpenApiTag>(Groups.Select(group => new OpenApiTag { Name = group.Name, Description = group.Description }));
        document.AddComponent(SchemaDescriber.ProblemName, SchemaDescriber.ProblemSchema());
        document.AddComponent<IOpenApiSecurityScheme>("basic", new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "Auth:Mode Basic." });
        document.AddComponent<IOpenApiSecurityScheme>(
            "apiKey",
            new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "Auth:Mode ApiKey or Basic." });
        document.Security =
        [
            [],
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("basic", document)] = [] },
            new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("apiKey", document)] = [] },
        ];
        // Relative to the document, so that it holds behind any prefix.
        document.Servers = [new OpenApiServer { Url = ".." }];
        return Task.CompletedTask;
    }
}
