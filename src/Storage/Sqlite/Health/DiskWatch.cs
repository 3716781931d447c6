using Molino.Core;

namespace Molino.Storage.Sqlite.Health;

/// <summary>Knows how much room the store's disk has.</summary>
internal sealed class DiskWatch(string path, int minFreeMiB)
{
    /// <summary>What a commit needs to be worth trying again after the disk was full.</summary>
    private const long MinimumBytes = 1 << 20;

    private readonly DriveInfo _drive = new(Path.GetDirectoryName(path) ?? path);

    /// <summary>Free bytes that the store may use; very many when the disk cannot be asked: the next write says what is wrong with it.</summary>
    public long FreeBytes()
    {
        try
        {
            return _drive.AvailableFreeSpace;
        }
        catch (IOException)
        {
            return long.MaxValue / 4;
        }
    }

    /// <summary>Whether there is room for new jobs; once there was none, only when there is a quarter more than the mark.</summary>
    /// <param name="wasFull">Whether new jobs are refused now.</param>
    public bool HasRoom(bool wasFull) => FreeBytes() >= (wasFull ? Math.Max(MinimumBytes, Mark + (Mark / 4)) : Math.Max(MinimumBytes, Mark));

    /// <summary>A sentence for when the mark is near: within its double. Null otherwise.</summary>
    public string? Warning() => Mark > 0 && FreeBytes() is var free && free < 2 * Mark
        ? $"The disk of the store {path} has {free >> 20} MiB free; below {minFreeMiB} MiB (Store:DiskLowMb) new jobs are refused."
        : null;

    private long Mark => (long)minFreeMiB << 20;

    /// <summary>The error for what is refused.</summary>
    public StoreException ToException() => new(
        ErrorCodes.StoreFull,
        $"The disk of the store {path} has less than {Math.Max(MinimumBytes >> 20, minFreeMiB)} MiB free. New jobs are refused until there is room.");
}
