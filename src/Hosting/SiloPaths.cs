namespace Molino.Hosting;

/// <summary>Where this silo keeps its files.</summary>
/// <param name="StoreFile">The store's file, an absolute path.</param>
public sealed record SiloPaths(string StoreFile)
{
    /// <summary>The folder of the store's file; records of child processes and first credentials lie there too.</summary>
    public string DataFolder => Path.GetDirectoryName(StoreFile)!;
}
