using System.Globalization;
using System.Reflection;
using Molino.Execution;

namespace Molino.Hosting;

/// <summary>Names this start of the silo: host, process and instant, so that another start never has the same name.</summary>
internal static class SiloIdentity
{
    public static SiloInfo Create(TimeProvider time)
    {
        var now = time.GetUtcNow();
        var id = string.Create(
            CultureInfo.InvariantCulture, $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}@{now:yyyyMMdd'T'HHmmssfff}");
        return new SiloInfo(id, Version, now);
    }

    /// <summary>Molino's version, without the build's hash.</summary>
    public static string Version { get; } =
        typeof(SiloIdentity).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
