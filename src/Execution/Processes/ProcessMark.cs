using System.Text;

namespace Molino.Execution.Processes;

/// <summary>The environment variables by which Molino knows the processes it started again, and what else it tells a child runner.</summary>
internal static class ProcessMark
{
    /// <summary>Carried by all that a silo starts: <c>&lt;silo mark&gt;/&lt;owner's pid&gt;.&lt;owner's start&gt;/&lt;place&gt;</c>.</summary>
    internal const string Variable = "MOLINO_RUNNER";

    /// <summary>Carried by one supervised command and its descendants.</summary>
    internal const string CommandVariable = "MOLINO_PROCESS";

    /// <summary>Tells an executable that it was started as a child runner, and the protocol's version.</summary>
    internal const string ProtocolVariable = "MOLINO_RUNNER_PROTOCOL";

    /// <summary>Whether an environment holds an entry.</summary>
    /// <param name="environment">Entries ended by NUL.</param>
    /// <param name="entry">The whole entry, or its beginning when it ends in a slash.</param>
    internal static bool Holds(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> entry) =>
        Find(environment, entry) is { } found
        && (entry[^1] == (byte)'/' || found.Length == entry.Length);

    /// <summary>The entry that begins with some text.</summary>
    internal static string? Find(byte[] environment, string beginning) =>
        Find(environment, Encoding.UTF8.GetBytes(beginning)) is { } found ? found : null;

    private static string? Find(ReadOnlySpan<byte> environment, ReadOnlySpan<byte> beginning)
    {
        while (!environment.IsEmpty)
        {
            var end = environment.IndexOf((byte)0);
            var entry = end < 0 ? environment : environment[..end];
            if (entry.StartsWith(beginning)) return Encoding.UTF8.GetString(entry);
            environment = end < 0 ? default : environment[(end + 1)..];
        }

        return null;
    }
}
