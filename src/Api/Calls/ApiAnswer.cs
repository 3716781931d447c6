namespace Molino.Api;

/// <summary>An answer that is no error.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Description">When it is given.</param>
/// <param name="Type">The type that describes its body; null for none.</param>
/// <param name="Example">An example, as JSON or text.</param>
/// <param name="MediaType">The body's media type.</param>
internal sealed record ApiAnswer(int Status, string Description, Type? Type = null, string? Example = null, string MediaType = "application/json");
