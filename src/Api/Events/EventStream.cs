using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>
/// Writes events as server-sent events (WHATWG HTML, section 9.2). Pages are read one after the other and each is flushed before the next is read,
/// so a slow reader slows its own stream and holds no more than a page.
/// </summary>
/// <param name="transport">Reads the event log.</param>
/// <param name="job">Only of this job; null for all.</param>
/// <param name="kinds">Only these kinds; null for all.</param>
/// <param name="options">How often an idle stream is kept alive.</param>
/// <param name="time">Measures that.</param>
internal sealed class EventStream(IMolinoTransport transport, JobId? job, FrozenSet<JobEventKind>? kinds, EventStreamOptions options, TimeProvider time)
{
    private const int PageSize = 200;

    private long _lastWrite;
    private string? _told;

    /// <summary>Whether the job was terminal when last heard of.</summary>
    public bool Finished { get; set; }

    /// <summary>Streams until the token ends it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="position">Where to start; null for only what is new.</param>
    /// <param name="endsWhenFinished">Whether the stream ends with its job's end. A reader that comes back then gets 204, which tells browsers to stop.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    public async Task RunAsync(HttpContext context, string? position, bool endsWhenFinished, CancellationToken cancellationToken)
    {
        // The first page is read before the answer starts: errors can still be told, and what happens after the headers is never missed.
        var page = await transport.ReadEventsAsync(position, PageSize, job, TimeSpan.Zero, cancellationToken);
        if (endsWhenFinished && Finished && page is { Events.Count: 0, Reset: false })
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        using var buffer = new PooledBuffer();
        await using var writer = JsonAnswer.CreateWriter(buffer);
        await StartAsync(context, page.Next, cancellationToken);
        while (true)
        {
            Write(buffer, writer, page);
            if (buffer.Written.Length > 0) await FlushAsync(context, buffer, cancellationToken);
            if (endsWhenFinished && Finished && page.Events.Count < PageSize) return;
            var idle = options.Heartbeat - time.GetElapsedTime(_lastWrite);
            if (idle <= TimeSpan.Zero)
            {
                WriteHeartbeat(buffer, page.Next);
                await FlushAsync(context, buffer, cancellationToken);
                idle = options.Heartbeat;
            }

            page = await transport.ReadEventsAsync(page.Next, PageSize, job, idle, cancellationToken);
        }
    }

    private async Task StartAsync(HttpContext context, string next, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
        using var opening = new PooledBuffer();
        Append(opening, "retry: 1000\n"u8);
        WriteHeartbeat(opening, next);
        await FlushAsync(context, opening, cancellationToken);
    }

    private void Write(PooledBuffer buffer, Utf8JsonWriter writer, EventListView page)
    {
        if (page.Reset) WriteReset(buffer, writer, page);
        foreach (var happened in page.Events)
        {
            if (job is not null) Finished = happened.Status.IsTerminal();
            if (kinds is not null && !kinds.Contains(happened.Kind)) continue;
            AppendLine(buffer, "id: "u8, happened.Id);
            AppendLine(buffer, "event: "u8, EventKinds.NameOf(happened.Kind));
            Append(buffer, "data: "u8);
            writer.Reset(buffer);
            JsonSerializer.Serialize(writer, happened, MolinoJson.Options);
            writer.Flush();
            Append(buffer, "\n\n"u8);
            _told = happened.Id;
        }
    }

    /// <summary>The reader's place is gone: what it holds may be out of date, and it should read the state again.</summary>
    private void WriteReset(PooledBuffer buffer, Utf8JsonWriter writer, EventListView page)
    {
        _told = page.Events.Count > 0 ? _told : page.Next;
        if (page.Events.Count == 0) AppendLine(buffer, "id: "u8, page.Next);
        Append(buffer, "event: reset\ndata: "u8);
        writer.Reset(buffer);
        writer.WriteStartObject();
        writer.WriteString("next"u8, page.Next);
        writer.WriteEndObject();
        writer.Flush();
        Append(buffer, "\n\n"u8);
    }

    /// <summary>A comment; with an id when the stream has moved on without an event that its filter lets through.</summary>
    private void WriteHeartbeat(PooledBuffer buffer, string next)
    {
        if (_told is not null && next != _told) AppendLine(buffer, "id: "u8, next);
        _told = next;
        Append(buffer, ": heartbeat\n\n"u8);
    }

    private async Task FlushAsync(HttpContext context, PooledBuffer buffer, CancellationToken cancellationToken)
    {
        await context.Response.BodyWriter.WriteAsync(buffer.Written, cancellationToken);
        buffer.Clear();
        _lastWrite = time.GetTimestamp();
    }

    private static void AppendLine(PooledBuffer buffer, ReadOnlySpan<byte> name, string value)
    {
        Append(buffer, name);
        var span = buffer.GetSpan(value.Length * 3);
        buffer.Advance(System.Text.Encoding.UTF8.GetBytes(value, span));
        Append(buffer, "\n"u8);
    }

    private static void Append(PooledBuffer buffer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(buffer.GetSpan(bytes.Length));
        buffer.Advance(bytes.Length);
    }
}
