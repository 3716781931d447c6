using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Molino.Core;

namespace Molino.Client;

/// <summary>Reads one connection's server-sent events.</summary>
internal static class EventStreamReader
{
    private const string ResetEvent = "reset";

    /// <summary>Reads events until the server closes the connection. A reset whose cursor is not known has an empty one.</summary>
    /// <param name="stream">The answer's body.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static async IAsyncEnumerable<EventListView> ReadAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(cancellationToken).ConfigureAwait(false))
        {
            if (string.Equals(item.EventType, ResetEvent, StringComparison.Ordinal))
            {
                yield return new EventListView([], item.EventId ?? string.Empty, Reset: true);
            }
            else if (Parse(item) is { } view)
            {
                yield return new EventListView([view], item.EventId ?? view.Id, Reset: false);
            }
        }
    }

    /// <summary>Reads an event; one of a kind that this version does not know is passed over, as a newer server may send it.</summary>
    private static EventView? Parse(SseItem<string> item)
    {
        var named = !string.Equals(item.EventType, SseParser.EventTypeDefault, StringComparison.Ordinal);
        if (item.Data.Length == 0 || (named && !Enum.TryParse<JobEventKind>(item.EventType, ignoreCase: true, out _))) return null;
        try
        {
            return JsonSerializer.Deserialize<EventView>(item.Data, MolinoJson.Results);
        }
        catch (JsonException error)
        {
            throw new JobSystemException(ClientErrorCodes.UnexpectedAnswer, $"The server sent an event that cannot be read: {error.Message}", error);
        }
    }
}
