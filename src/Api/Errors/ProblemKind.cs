namespace Molino.Api;

/// <summary>How a code is answered.</summary>
/// <param name="Code">The stable code.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Title">A short sentence that is the same for all problems of the code.</param>
/// <param name="RetryAfter">Seconds after which to try again; null when trying again does not help.</param>
internal sealed record ProblemKind(string Code, int Status, string Title, int? RetryAfter = null);
