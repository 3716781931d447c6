namespace Molino.Api;

/// <summary>A query parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">Its form.</param>
/// <param name="Description">One sentence.</param>
internal sealed record ApiParameter(string Name, ParameterKind Kind, string Description)
{
    /// <summary>Whether it may be given more than once.</summary>
    public bool Repeatable { get; init; }
}
