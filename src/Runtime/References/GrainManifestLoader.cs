using System.Reflection;
using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.References;

/// <summary>Finds the generated manifests by the attribute on their assemblies: those loaded, and those that these refer to. Looks at no types.</summary>
internal static class GrainManifestLoader
{
    /// <summary>Registers everything that this process can call.</summary>
    /// <returns>The registrations.</returns>
    public static GrainManifestBuilder Load()
    {
        var builder = new GrainManifestBuilder();
        foreach (var assembly in Assemblies())
        {
            if (assembly.GetCustomAttribute<GrainManifestAttribute>() is { } attribute)
            {
                ((IGrainManifest)Activator.CreateInstance(attribute.Manifest, nonPublic: true)!).Register(builder);
            }
        }

        return builder;
    }

    private static IEnumerable<Assembly> Assemblies()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(a => !a.IsDynamic && !a.IsCollectible));
        while (pending.TryPop(out var assembly))
        {
            if (!seen.Add(assembly.FullName!))
            {
                continue;
            }

            yield return assembly;
            foreach (var name in assembly.GetReferencedAssemblies().Where(n => MayDefineGrains(n) && !seen.Contains(n.FullName)))
            {
                if (TryLoad(name) is { } referenced)
                {
                    pending.Push(referenced);
                }
            }
        }
    }

    private static bool MayDefineGrains(AssemblyName name) =>
        !name.Name!.StartsWith("System.", StringComparison.Ordinal) && !name.Name.StartsWith("Microsoft.", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // Not shipped with this application: nothing in it can be called.
            return null;
        }
    }
}
