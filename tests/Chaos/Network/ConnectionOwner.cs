using System.Globalization;
using System.Net;

namespace Molino.Chaos;

/// <summary>Finds which process has the other end of a loopback connection.</summary>
internal static class ConnectionOwner
{
    private const int LocalColumn = 1;
    private const int RemoteColumn = 2;
    private const int InodeColumn = 9;

    /// <summary>Looks among some processes.</summary>
    /// <param name="connection">The other end, as the accepting side sees it.</param>
    /// <param name="accepted">The accepting side.</param>
    /// <param name="processes">Where to look.</param>
    /// <returns>The process; 0 when it is none of them, or the connection is gone.</returns>
    public static int Find(IPEndPoint connection, IPEndPoint accepted, IEnumerable<int> processes)
    {
        var (local, remote) = (Address(connection), Address(accepted));
        var inode = File.ReadLines("/proc/net/tcp")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .FirstOrDefault(columns => columns[LocalColumn] == local && columns[RemoteColumn] == remote)?[InodeColumn];
        return inode is null ? 0 : processes.FirstOrDefault(process => Holds(process, $"socket:[{inode}]"));
    }

    private static string Address(IPEndPoint endpoint) =>
        string.Create(CultureInfo.InvariantCulture, $"{BitConverter.ToUInt32(endpoint.Address.MapToIPv4().GetAddressBytes()):X8}:{endpoint.Port:X4}");

    private static bool Holds(int process, string socket)
    {
        try
        {
            return new DirectoryInfo($"/proc/{process}/fd").EnumerateFileSystemInfos().Any(file => file.LinkTarget == socket);
        }
        catch (IOException)
        {
            return false; // it has ended
        }
    }
}
