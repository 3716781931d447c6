using System.Reflection;

namespace Molino.Chaos;

/// <summary>Programs that were built with this one.</summary>
internal static class ProgramPath
{
    /// <summary>Finds one by the name under which the project file has it.</summary>
    public static string Find(string key)
    {
        var path = Path.GetFullPath(typeof(ProgramPath).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path} is not there; build the solution first.");
    }
}
