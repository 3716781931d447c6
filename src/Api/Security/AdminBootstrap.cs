using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Molino.Core;

namespace Molino.Api;

/// <summary>Makes the first administrator, so that a silo with logins can be entered.</summary>
/// <param name="options">The mode.</param>
/// <param name="users">The users.</param>
internal sealed class AdminBootstrap(IOptions<AuthOptions> options, UserDirectory users)
{
    private const string AdminName = "admin";

    /// <summary>Makes the first administrator unless logins are off or there are users.</summary>
    /// <param name="folder">Where the credentials go, to a file that only this process's user can read.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The file's path; null when nothing was to be done.</returns>
    public async Task<string?> EnsureAsync(string folder, CancellationToken cancellationToken)
    {
        if (options.Value.Mode == AuthMode.Loopback || (await users.ListAsync(cancellationToken)).Count > 0) return null;
        var path = Path.Combine(folder, "admin-credentials");
        try
        {
            // A password is written before its user exists: a crash between the two leaves a file that the next start replaces, never a locked door.
            if (options.Value.Mode == AuthMode.Basic)
            {
                var password = RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", 24);
                await WriteAsync(path, $"{AdminName}:{password}\n", cancellationToken);
                await users.AddUserAsync(AdminName, Role.Admin, password, cancellationToken);
            }
            else
            {
                await users.AddKeyAsync(AdminName, Role.Admin, key => WriteAsync(path, key + "\n", cancellationToken), cancellationToken);
            }

            return path;
        }
        catch (JobSystemException error) when (error.Code == ApiErrorCodes.UserExists)
        {
            File.Delete(path); // another silo was first; its file holds the credentials
            return null;
        }
    }

    private static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using var file = new FileStream(path, options);
        await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        file.Flush(flushToDisk: true);
    }
}
