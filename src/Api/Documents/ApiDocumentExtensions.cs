using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Molino.Api;

/// <summary>Puts the API's document and its pages into the host.</summary>
internal static class ApiDocumentExtensions
{
    private const string DocumentName = "v1";

    /// <summary>Adds what makes the OpenAPI document.</summary>
    /// <param name="services">The host's services.</param>
    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services.AddOpenApi(DocumentName, options =>
    {
        options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<ApiCall>().Any();
        options.AddOperationTransformer<OperationDescriber>();
        options.AddSchemaTransformer<SchemaDescriber>();
        options.AddDocumentTransformer<DocumentDescriber>();
    });

    /// <summary>Serves Swagger UI from the package's own files.</summary>
    /// <param name="app">The host.</param>
    public static void UseDocumentPages(this WebApplication app) => app.UseSwaggerUI(options =>
    {
        options.RoutePrefix = "swagger";
        options.DocumentTitle = "Molino API";
        options.SwaggerEndpoint($"../openapi/{DocumentName}.json", "Molino");
    });

    /// <summary>Maps the document and the start page.</summary>
    /// <param name="app">The host.</param>
    public static void MapApiDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        var page = StartPage.Create();
        app.MapGet("/", (RequestDelegate)(context => StartPage.WriteAsync(context, page)));
    }
}
