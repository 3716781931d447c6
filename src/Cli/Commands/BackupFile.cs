using Molino.Core;

namespace Molino.Cli;

/// <summary>A file that has its name only once it is whole: until then it is called <c>.partial</c>.</summary>
/// <param name="path">The file.</param>
internal sealed class BackupFile(string path)
{
    private readonly string _partial = path + ".partial";

    /// <summary>Writes the file.</summary>
    /// <typeparam name="T">What the writing answers.</typeparam>
    /// <param name="write">Writes all of it.</param>
    /// <param name="cancellationToken">Stops before the file gets its name.</param>
    public async Task<T> WriteAsync<T>(Func<Stream, Task<T>> write, CancellationToken cancellationToken)
    {
        if (File.Exists(path)) throw new UsageException($"{path} is there already; give another name.");
        var output = Open(); // apart from the writing: the file that another backup is writing must not be deleted
        try
        {
            T answer;
            await using (output)
            {
                answer = await write(output);
                await output.FlushAsync(cancellationToken);
                output.Flush(flushToDisk: true);
            }

            File.Move(_partial, path, overwrite: false);
            return answer;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            File.Delete(_partial);
            throw NotWritten(error);
        }
        catch
        {
            File.Delete(_partial);
            throw;
        }
    }

    private FileStream Open()
    {
        try
        {
            return new FileStream(_partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16, FileOptions.Asynchronous);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(error);
        }
    }

    private JobSystemException NotWritten(Exception error) => new(ErrorCodes.InvalidRequest, $"{path} cannot be written: {error.Message}", error);
}
