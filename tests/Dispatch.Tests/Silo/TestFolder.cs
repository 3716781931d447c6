namespace Molino.Dispatch.Tests;

/// <summary>A folder for a store that outlives silos, as in a restart. Where the store is no file (<see cref="StoreOfRun"/>), the folder's name tells it from others.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("molino-dispatch-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
