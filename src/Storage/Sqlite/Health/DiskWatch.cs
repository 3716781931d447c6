using Molino.Core;

namespace Molino.Storage.Sqlite.Health;

/// <summary>Knows how much room the store's disk has.</summary>
internal sealed class DiskWatch(string path, int minFreeMiB)
{
    /// <summary>What a commit needs to be worth trying again after the disk was full.</summary>
    private const long MinimumBytes = 1 << 20;

    private readonly DriveInfo _drive = new(Path.GetDirectoryName(path) ?? path);

    /// <summary>Free bytes that the store may use.</summary>
    public long FreeBytes => _drive.AvailableFreeSpace;

    /// <summary>Whether there is room for new jobs.</summary>
    public bool HasRoom()
    {
        try
        {
            return FreeBytes >= Math.Max(MinimumBytes, (long)minFreeMiB << 20);
        }
        catch (IOException)
        {
            // The disk cannot be asked; the next write says what is wrong with it.
            return true;
        }
    }

    /// <summary>The error for what is refused.</summary>
    public StoreException ToException() => new(
        ErrorCodes.StoreFull,
        $"The disk of the store {path} has less than {Math.Max(MinimumBytes >> 20, minFreeMiB)} MiB free. New jobs are refused until there is room.");
}
