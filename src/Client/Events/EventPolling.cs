using System.Runtime.CompilerServices;
using Molino.Core;

namespace Molino.Client;

/// <summary>Follows events by reads that wait.</summary>
internal static class EventPolling
{
    private const int PageSize = 1000;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(20);

    /// <summary>Follows events from a cursor on.</summary>
    /// <param name="transport">Where to read.</param>
    /// <param name="after">The cursor; null for what is new from now on.</param>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public static async IAsyncEnumerable<EventListView> FollowAsync(
        IMolinoTransport transport, string? after, JobId? job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var page = await transport.ReadEventsAsync(after, PageSize, job, Hold, cancellationToken).ConfigureAwait(false);
            after = page.Next;
            if (page.Events.Count > 0 || page.Reset) yield return page;
        }
    }
}
