using System.Collections.Frozen;
using System.Text.Json;
using Molino.Core;

namespace Molino.Api;

/// <summary>The kinds of events by their names in JSON.</summary>
internal static class EventKinds
{
    private static readonly string[] Names = [.. Enum.GetNames<JobEventKind>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>A kind's name.</summary>
    /// <param name="kind">The kind.</param>
    public static string NameOf(JobEventKind kind) => Names[(int)kind];

    /// <summary>Reads the filter <c>types</c>: names of kinds with commas between them.</summary>
    /// <param name="query">The query string.</param>
    /// <returns>Null for all.</returns>
    public static FrozenSet<JobEventKind>? Parse(CallQuery query)
    {
        if (query.Text("types") is not { } text) return null;
        var kinds = new List<JobEventKind>();
        foreach (var name in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var index = Array.IndexOf(Names, name);
            if (index < 0) throw query.Invalid("types", $"'{(name.Length > 100 ? name[..100] : name)}' is not one of {string.Join(", ", Names)}.");
            kinds.Add((JobEventKind)index);
        }

        return kinds.ToFrozenSet();
    }
}
