namespace Molino.Api;

/// <summary>Where under its host the API is (<c>Http:PathBase</c>).</summary>
internal sealed class HttpPathOptions
{
    /// <summary>For example <c>/molino</c>; empty for the root.</summary>
    public string PathBase { get; set; } = "";

    /// <summary>Whether it has that form.</summary>
    public bool IsValid => PathBase.Length == 0 || (PathBase[0] == '/' && PathBase.Length > 1 && PathBase[^1] != '/' && !PathBase.Contains("//", StringComparison.Ordinal));
}
