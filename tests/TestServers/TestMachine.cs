using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Molino.TestServers;

/// <summary>What servers need of the machine: programs, ports, folders.</summary>
public static class TestMachine
{
    private const int FirstStable = 20_000;
    private const int LastStable = 31_999;

    private static readonly ConcurrentDictionary<int, bool> GivenPorts = new();

    /// <summary>Finds a program.</summary>
    /// <param name="package">The Debian package that has it, for the message.</param>
    /// <param name="candidates">Full paths; a star stands for any one folder, the last match wins.</param>
    /// <exception cref="InvalidOperationException">It is not there.</exception>
    public static string Program(string package, params string[] candidates) =>
        candidates.SelectMany(Expand).LastOrDefault(File.Exists)
        ?? throw new InvalidOperationException($"{Path.GetFileName(candidates[0])} is not installed on this machine; these tests need the Debian package '{package}': apt-get install {package}");

    /// <summary>A TCP port of the loopback address that was free just now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>
    /// A port of the loopback address that was free just now and stays so while its server is down: it is below those that the system gives to
    /// outgoing connections, and this program is given it once.
    /// </summary>
    public static int StablePort()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(FirstStable, LastStable + 1);
            if (!GivenPorts.TryAdd(port, true)) continue;
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException error) when (error.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                continue;
            }
        }
    }

    /// <summary>Makes a new folder for temporary files.</summary>
    /// <param name="name">A part of its name.</param>
    public static string NewFolder(string name) => Directory.CreateTempSubdirectory($"molino-{name}-").FullName;

    private static IEnumerable<string> Expand(string path)
    {
        var star = path.IndexOf("/*/", StringComparison.Ordinal);
        if (star < 0) return [path];
        var parent = path[..star];
        return Directory.Exists(parent) ? Directory.GetDirectories(parent).Order(StringComparer.Ordinal).Select(folder => folder + path[(star + 2)..]) : [];
    }
}
