namespace Molino.Core;

/// <summary>Picks a job's queue by its type's name (requirement E1).</summary>
public sealed class RouteTable
{
    /// <summary>The queue of a job for which nothing else decides.</summary>
    public const string DefaultQueue = "default";

    private readonly Route[] _routes;

    /// <summary>Creates a table. Of several patterns that match, the one with the most literal characters wins; then the first given.</summary>
    /// <param name="routes">Patterns and their queues.</param>
    /// <exception cref="ArgumentException">A pattern is empty or a queue's name is not valid.</exception>
    public RouteTable(IEnumerable<Route> routes)
    {
        _routes = [.. routes.OrderByDescending(route => route.Pattern.Count(c => c != '*'))];
        foreach (var route in _routes)
        {
            if (route.Pattern.Length == 0) throw new ArgumentException("A route's pattern is empty.", nameof(routes));
            if (!Names.IsValid(route.Queue))
                throw new ArgumentException($"Route '{route.Pattern}' names '{route.Queue}', which is not a queue name.", nameof(routes));
        }
    }

    /// <summary>The queue for a type, or null when no pattern matches.</summary>
    /// <param name="type">The job type's name.</param>
    public string? QueueFor(string type)
    {
        foreach (var route in _routes)
        {
            if (Matches(route.Pattern, type)) return route.Queue;
        }

        return null;
    }

    /// <summary>Linear-time wildcard match: on a mismatch, the last star takes one character more.</summary>
    private static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && pattern[p] == text[t])
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].TrimStart('*').IsEmpty;
    }
}
