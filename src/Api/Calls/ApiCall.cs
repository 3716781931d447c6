using Molino.Core;

namespace Molino.Api;

/// <summary>What one call takes and answers. The same description checks the query string, guards the call and makes the OpenAPI document.</summary>
internal sealed record ApiCall
{
    /// <summary>A stable name, the document's operation id.</summary>
    public required string Name { get; init; }

    /// <summary>The group it is shown in.</summary>
    public required string Group { get; init; }

    /// <summary>One line.</summary>
    public required string Summary { get; init; }

    /// <summary>What more there is to know.</summary>
    public string? Description { get; init; }

    /// <summary>The least role that may call it; null for anybody.</summary>
    public Role? Role { get; init; } = Api.Role.Viewer;

    /// <summary>All query parameters; others are refused.</summary>
    public IReadOnlyList<ApiParameter> Query { get; init; } = [];

    /// <summary>The body; null for none.</summary>
    public ApiBody? Body { get; init; }

    /// <summary>The answers that are no errors.</summary>
    public IReadOnlyList<ApiAnswer> Answers { get; init; } = [];

    /// <summary>The error codes that are this call's own, beside those of every call.</summary>
    public IReadOnlyList<string> Errors { get; init; } = [];

    /// <summary>The code of bad input: <c>invalid_job</c> for submits.</summary>
    public string InvalidCode { get; init; } = ErrorCodes.InvalidRequest;
}
