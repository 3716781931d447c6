using Molino.Runtime;

namespace Orleans.Runtime;

/// <summary>Values that flow from a caller to the grains it calls, and on from there; changes made by a callee never flow back.</summary>
public static partial class RequestContext
{
    private static readonly AsyncLocal<RequestContextData?> Flow = new();

    /// <summary>Gets the names of the values.</summary>
    public static IEnumerable<string> Keys => Flow.Value?.Values.Keys ?? Enumerable.Empty<string>();

    /// <summary>Gets the values with their names.</summary>
    public static IEnumerable<KeyValuePair<string, object>> Entries => Flow.Value?.Values ?? Enumerable.Empty<KeyValuePair<string, object>>();

    /// <summary>Gets or sets the id of the call chain that may re-enter; the empty Guid for none.</summary>
    public static Guid ReentrancyId
    {
        get => Flow.Value?.ReentrancyId ?? Guid.Empty;
        set => Flow.Value = RequestContextData.From(Flow.Value?.Values, value);
    }

    /// <summary>Gets the snapshot that calls made now carry along.</summary>
    internal static RequestContextData? Snapshot => Flow.Value;

    /// <summary>Returns a value.</summary>
    /// <param name="key">The name.</param>
    /// <returns>The value, or null.</returns>
    public static object? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Flow.Value?.Values.GetValueOrDefault(key);
    }

    /// <summary>Sets a value. It should be immutable: it is not copied on the way.</summary>
    /// <param name="key">The name.</param>
    /// <param name="value">The value.</param>
    public static void Set(string key, object value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var values = Flow.Value is { } present ? new Dictionary<string, object>(present.Values) : [];
        values[key] = value;
        Flow.Value = RequestContextData.From(values, ReentrancyId);
    }

    /// <summary>Removes a value.</summary>
    /// <param name="key">The name.</param>
    /// <returns>True when it was there.</returns>
    public static bool Remove(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (Flow.Value is not { } present || !present.Values.ContainsKey(key))
        {
            return false;
        }

        var values = new Dictionary<string, object>(present.Values);
        values.Remove(key);
        Flow.Value = RequestContextData.From(values, present.ReentrancyId);
        return true;
    }

    /// <summary>Removes all values and leaves the call chain.</summary>
    public static void Clear() => Flow.Value = null;

    /// <summary>Lets calls that descend from calls made within the section back into this grain, which would otherwise deadlock until the timeout.</summary>
    /// <returns>The section; dispose it to end it.</returns>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        var id = original == Guid.Empty ? Guid.NewGuid() : original;
        IActivation.Current?.EnterReentrantSection(id);
        return new ReentrancySection(original, id);
    }

    /// <summary>Makes calls within the section leave the call chain, so that they cannot come back in.</summary>
    /// <returns>The section; dispose it to end it.</returns>
    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    /// <summary>Makes a snapshot current, as at the start of a turn.</summary>
    /// <param name="snapshot">The snapshot, or null.</param>
    internal static void Restore(RequestContextData? snapshot) => Flow.Value = snapshot;
}
