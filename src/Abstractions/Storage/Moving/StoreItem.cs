using Molino.Clustering;
using Molino.Core;

namespace Molino.Storage.Moving;

/// <summary>
/// A piece of a store on its way to another, independent of how either keeps it. A stream of them begins with a <see cref="Head"/> and ends with a
/// <see cref="Tail"/>; between these come jobs in the order of acceptance, each followed by what belongs to it, then everything else, events last.
/// </summary>
public abstract record StoreItem
{
    private StoreItem()
    {
    }

    /// <summary>Which store was read, and from where on it may have gone on while it was.</summary>
    /// <param name="Kind">The kind of store, for people: <c>sqlite</c> or <c>redis</c>.</param>
    /// <param name="Key">The store's key (<see cref="StoreIdentity.Key"/>).</param>
    /// <param name="Generation">Its generation. The store that is made of the stream gets a higher one.</param>
    /// <param name="LastJob">Sequence of the last job accepted before the reading began; later ones are not in the stream.</param>
    /// <param name="LastEvent">
    /// Number of the last event before the reading began. Later ones are in the stream, but count only up to the last one that their job knows of: jobs are read
    /// one after another, and each is as it was at one moment.
    /// </param>
    /// <param name="Accepted">Jobs ever accepted, up to <paramref name="LastJob"/>.</param>
    /// <param name="Refused">Ends of attempts refused for their token.</param>
    /// <param name="ReadAt">When the reading began, UTC.</param>
    public sealed record Head(string Kind, string Key, int Generation, long LastJob, long LastEvent, long Accepted, long Refused, DateTimeOffset ReadAt) : StoreItem;

    /// <summary>A job, whole: with its arguments and the bytes of a result that is kept with it.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="LastEvent">Number of its newest event.</param>
    /// <param name="Key">What is kept under its idempotency key; null when it has none.</param>
    public sealed record StoredJob(Job Job, long LastEvent, SubmittedKey? Key) : StoreItem;

    /// <summary>A part of the accepted result of a job that came before.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Epoch">The epoch of the accepted attempt.</param>
    /// <param name="Index">Counts the parts, from 0.</param>
    /// <param name="FirstItem">Items before this part.</param>
    /// <param name="Items">Items in it.</param>
    /// <param name="Length">Its bytes when they are not compressed.</param>
    /// <param name="Packed">Its bytes as <see cref="Packing.ChunkCodec"/> compressed them.</param>
    public sealed record ResultPart(JobId Job, int Epoch, int Index, long FirstItem, long Items, int Length, ReadOnlyMemory<byte> Packed) : StoreItem;

    /// <summary>Lines of the log of a job that came before, in order.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Lines">The lines.</param>
    public sealed record LogLines(JobId Job, IReadOnlyList<LogLine> Lines) : StoreItem;

    /// <summary>What a job that came before saved under a key.</summary>
    /// <param name="Job">The job.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Value">The bytes.</param>
    public sealed record JobData(JobId Job, string Key, ReadOnlyMemory<byte> Value) : StoreItem;

    /// <summary>A queue that ever had a job.</summary>
    /// <param name="Name">Its name.</param>
    /// <param name="Paused">Whether it is paused.</param>
    public sealed record Queue(string Name, bool Paused) : StoreItem;

    /// <summary>An idempotency key whose job retention has removed, kept for the rest of its day.</summary>
    /// <param name="Type">The job's type.</param>
    /// <param name="Key">The key.</param>
    /// <param name="Job">The job that is gone.</param>
    /// <param name="Ended">How it ended.</param>
    /// <param name="Submitted">What was asked for, and when.</param>
    public sealed record RetiredKey(string Type, string Key, JobId Job, JobStatus Ended, SubmittedKey Submitted) : StoreItem;

    /// <summary>A record of grain state; it gets a new etag.</summary>
    /// <param name="Type">The grain's type.</param>
    /// <param name="Id">The grain's id.</param>
    /// <param name="Name">The state's name within the grain.</param>
    /// <param name="Bytes">The content.</param>
    public sealed record GrainState(string Type, string Id, string Name, ReadOnlyMemory<byte> Bytes) : StoreItem;

    /// <summary>A reminder; it gets a new etag.</summary>
    /// <param name="Row">The reminder.</param>
    public sealed record Reminder(ReminderRow Row) : StoreItem;

    /// <summary>An event of the log.</summary>
    /// <param name="Record">The event; its number is kept, its generation is not.</param>
    /// <param name="Previous">Number of its job's previous event; 0 when it is the first.</param>
    public sealed record Event(JobEventRecord Record, long Previous) : StoreItem;

    /// <summary>The end: everything was read.</summary>
    /// <param name="LastEvent">Number of the last event that was read. The store that is made of the stream counts on from here.</param>
    public sealed record Tail(long LastEvent) : StoreItem;
}
