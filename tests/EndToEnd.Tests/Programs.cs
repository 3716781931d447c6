using System.Reflection;

namespace Molino.EndToEnd.Tests;

/// <summary>The programs under test, as they were built with these tests.</summary>
internal static class Programs
{
    public static string Silo => Find("SiloProgram");

    public static string Cli => Find("CliProgram");

    /// <summary>A file of the repository.</summary>
    public static string InRepository(string path) =>
        Path.GetFullPath(Path.Combine(typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "Repository").Value!, path));

    private static string Find(string key)
    {
        var path = Path.GetFullPath(typeof(Programs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there; build the solution first.");
    }
}
