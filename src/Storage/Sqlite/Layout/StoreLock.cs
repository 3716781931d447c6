using Molino.Core;

namespace Molino.Storage.Sqlite.Layout;

/// <summary>
/// The lock of the operating system that makes this process the file's only owner. It goes with the process, however that ends,
/// so holding it proves that earlier owners are dead.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <summary>Takes the lock at once or not at all.</summary>
    /// <param name="path">The store's file.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreLocked"/>, or <see cref="ErrorCodes.StoreUnavailable"/> when the folder cannot be written.</exception>
    public static StoreLock Take(string path)
    {
        var name = path + ".lock";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path) ?? ".");
            return new StoreLock(new FileStream(name, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception error) when (error is UnauthorizedAccessException or DirectoryNotFoundException or PathTooLongException)
        {
            throw new StoreException(ErrorCodes.StoreUnavailable, $"The store {path} cannot be written: {error.Message}", error);
        }
        catch (IOException error) when (File.Exists(name))
        {
            throw new StoreException(ErrorCodes.StoreLocked, $"Another process holds the store {path}. A store in SQLite serves one silo.", error);
        }
        catch (IOException error)
        {
            throw new StoreException(ErrorCodes.StoreUnavailable, $"The store {path} cannot be written: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
