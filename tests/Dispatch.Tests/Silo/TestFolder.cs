namespace Molino.Dispatch.Tests;

/// <summary>A folder for a store that outlives silos, as in a restart.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("molino-dispatch-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
