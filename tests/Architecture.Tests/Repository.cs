using System.Reflection;
using System.Xml.Linq;

namespace Molino.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryRoot").Value!);

    /// <summary>Projects under src: room (folder below src, such as <c>Storage/Sqlite</c>) to the rooms it references.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Rooms { get; } = Directory
        .EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .ToDictionary(RoomOf, References, StringComparer.Ordinal);

    public static IEnumerable<string> SourceFiles(string folder) => Directory
        .EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal));

    private static IReadOnlyList<string> References(string project) =>
    [
        .. XDocument.Load(project).Descendants("ProjectReference")
            .Where(reference => reference.Attribute("OutputItemType") is null)
            .Select(reference => RoomOf(Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)))),
    ];

    private static string RoomOf(string project) =>
        Path.GetRelativePath(Path.Combine(Root, "src"), Path.GetDirectoryName(project)!).Replace('\\', '/');
}
