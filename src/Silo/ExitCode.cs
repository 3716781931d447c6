namespace Molino.Silo;

/// <summary>Exit codes of the silo (contract).</summary>
internal static class ExitCode
{
    /// <summary>A clean stop.</summary>
    public const int Clean = 0;

    /// <summary>A key or value of the configuration cannot be used.</summary>
    public const int BadConfiguration = 2;

    /// <summary>The store or the cluster cannot be used.</summary>
    public const int StoreUnusable = 3;
}
