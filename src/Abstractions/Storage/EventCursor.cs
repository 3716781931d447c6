using System.Globalization;
using Orleans;

namespace Molino.Storage;

/// <summary>A place in the event log, written <c>generation:sequence</c>.</summary>
/// <param name="Generation">The store's generation (<see cref="StoreIdentity.Generation"/>).</param>
/// <param name="Sequence">Number of the event, counted from 1; 0 is before the first.</param>
[GenerateSerializer, Immutable, Alias("store.event-cursor.v1")]
public readonly record struct EventCursor([property: Id(0)] int Generation, [property: Id(1)] long Sequence)
{
    /// <summary>Before all events, of any generation.</summary>
    public static EventCursor Start => default;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">For example <c>1:42</c>.</param>
    /// <param name="cursor">The cursor, when the answer is true.</param>
    public static bool TryParse(string? text, out EventCursor cursor)
    {
        cursor = default;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0
            || !int.TryParse(text.AsSpan(0, colon), NumberStyles.None, CultureInfo.InvariantCulture, out var generation)
            || !long.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence))
        {
            return false;
        }

        cursor = new EventCursor(generation, sequence);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Generation}:{Sequence}");
}
