using System.Net;
using System.Runtime.CompilerServices;
using Molino.Core;

namespace Molino.Client;

/// <summary>Follows events over HTTP: server-sent events, resumed where they broke off; reads that wait where a server or proxy has no streams.</summary>
internal sealed class HttpEventStream(HttpTransport transport, HttpChannel channel, MolinoClientOptions options)
{
    private const string MediaType = "text/event-stream";

    /// <summary>Follows events from a cursor on.</summary>
    /// <param name="after">The cursor; null for what is new from now on.</param>
    /// <param name="job">Only of this job; null for all.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public async IAsyncEnumerable<EventListView> FollowAsync(string? after, JobId? job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A cursor first: without one, what happens between a broken connection and the next would be missed.
        var cursor = after ?? (await transport.ReadEventsAsync(null, 1, job, TimeSpan.Zero, cancellationToken).ConfigureAwait(false)).Next;
        for (var idle = 0; ; idle++)
        {
            var stream = await OpenAsync(cursor, job, cancellationToken).ConfigureAwait(false);
            if (stream is null) break;
            await using (stream.ConfigureAwait(false))
            {
                var pages = EventStreamReader.ReadAsync(stream, cancellationToken).GetAsyncEnumerator(cancellationToken);
                await using var _ = pages.ConfigureAwait(false);
                while (await MoveNextAsync(pages).ConfigureAwait(false))
                {
                    idle = -1;
                    if (pages.Current.Next.Length > 0) cursor = pages.Current.Next;
                    yield return pages.Current with { Next = cursor };
                }
            }

            if (job is { } id && (await transport.GetJobAsync(id, TimeSpan.Zero, cancellationToken).ConfigureAwait(false)).IsTerminal)
            {
                // What was stored between the break and this read.
                var last = await transport.ReadEventsAsync(cursor, 1000, job, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
                if (last.Events.Count > 0 || last.Reset) yield return last;
                yield break;
            }

            await Task.Delay(RetryDelay.After(Math.Max(idle, 0)), options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        await foreach (var page in EventPolling.FollowAsync(transport, cursor, job, cancellationToken).ConfigureAwait(false)) yield return page;
    }

    /// <summary>Opens a stream; null when the server has none.</summary>
    private async Task<Stream?> OpenAsync(string cursor, JobId? job, CancellationToken cancellationToken)
    {
        var path = job is { } id ? $"/api/jobs/{id}/events" : "/api/events";
        var call = new HttpCall(HttpMethod.Get, path, Repeat.Always) { Accept = MediaType, LastEventId = cursor, KeepsAnswer = true };
        try
        {
            return await channel.CallAsync(call, OpenBodyAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (RefusedException refusal) when (refusal.StatusCode is 404 or 405 or 406 or 501 && refusal.Code is not (ErrorCodes.NotFound or ErrorCodes.Gone))
        {
            return null;
        }
        catch (JobSystemException refusal) when (refusal.Code == ErrorCodes.NotAvailable)
        {
            return null;
        }
    }

    private async Task<Stream?> OpenBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NoContent) return Stream.Null; // the job has ended, and all its events were read
        if (!string.Equals(response.Content.Headers.ContentType?.MediaType, MediaType, StringComparison.OrdinalIgnoreCase))
        {
            response.Dispose();
            return null;
        }

        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new AnswerStream(response, body, channel, options.StreamSilence, options.TimeProvider);
    }

    /// <summary>Moves on; a break of the connection ends this one and is no error.</summary>
    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<EventListView> pages)
    {
        try
        {
            return await pages.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JobSystemException error) when (error.Code == ClientErrorCodes.NotReachable)
        {
            return false;
        }
    }
}
