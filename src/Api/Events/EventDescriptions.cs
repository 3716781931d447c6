using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Describes the calls on events.</summary>
internal static class EventDescriptions
{
    private const string Event = """{"id":"1:42","at":"2026-01-31T08:00:00Z","kind":"succeeded","job":"06fky2m4a0r8vq3t5x7z9b1c2d","type":"echo","queue":"default","status":"succeeded","version":3,"attempt":1,"silo":"mill-1"}""";
    private const string StreamExample = "id: 1:42\nevent: succeeded\ndata: " + Event + "\n\n";
    private const string StreamText = "Server-sent events: `id` is a cursor, `event` the kind, `data` the event as JSON. A stream is resumed with `Last-Event-ID` (browsers send it) or `after`. "
        + "The event `reset` says that events in between are gone: read the state again. A comment comes every 15 s.";

    private static readonly ApiParameter After = new("after", ParameterKind.Text, "A cursor as an event's `id` or `next` gave it; 0 for all events that are kept. Default: only what is new.");

    private static readonly ApiParameter Types = new("types", ParameterKind.Text, "Only these kinds of events, with commas between, for example `succeeded,attemptFailed`.") { Repeatable = true };

    private static readonly string[] Refusals = [ErrorCodes.InvalidRequest, ErrorCodes.StoreUnavailable];

    /// <summary><c>GET /api/events</c>.</summary>
    public static readonly ApiCall Stream = new()
    {
        Name = "streamEvents",
        Group = "Events",
        Summary = "Follow what happens to jobs",
        Description = StreamText,
        Query = [Types, After],
        Answers = [new ApiAnswer(200, "The stream.", typeof(EventView), StreamExample, "text/event-stream")],
        Errors = Refusals,
    };

    /// <summary><c>GET /api/jobs/{id}/events</c>.</summary>
    public static readonly ApiCall Job = Stream with
    {
        Name = "streamJobEvents",
        Summary = "Follow a job",
        Description = StreamText + " Without a cursor it starts at the job's first event. It ends with the job; a reader that comes back for nothing gets 204, which tells browsers to stop.",
        Answers = [.. Stream.Answers, new ApiAnswer(204, "The job has ended and nothing follows the cursor.")],
        Errors = [.. Refusals, ErrorCodes.NotFound, ErrorCodes.Gone],
    };

    /// <summary><c>GET /api/events/poll</c>.</summary>
    public static readonly ApiCall Poll = new()
    {
        Name = "pollEvents",
        Group = "Events",
        Summary = "Read events by polling",
        Query =
        [
            After, Types,
            new("job", ParameterKind.Text, "Only events of the job with this id."),
            new("limit", ParameterKind.Integer, "At most so many, 1 to 1,000. Default 100."),
            new("wait", ParameterKind.Duration, "Hold the answer until there is one, at most so long: 0 to 20 seconds. Default 0."),
        ],
        Answers = [new ApiAnswer(200, "Events in order; give `next` back as `after`.", typeof(EventListView), $$"""{"events":[{{Event}}],"next":"1:42","reset":false}""")],
        Errors = Refusals,
    };
}
