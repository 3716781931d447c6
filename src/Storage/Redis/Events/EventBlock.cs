using System.Buffers.Binary;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Events;

/// <summary>Reads the blocks that <see cref="EventWriter"/> and the script pack.</summary>
internal static class EventBlock
{
    /// <summary>Reads a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="last">Number of its last event.</param>
    /// <param name="generation">The store's generation, for cursors.</param>
    /// <param name="names">Gives names.</param>
    /// <returns>Its events, each with the number of its job's previous one (0 when it is the first).</returns>
    public static List<(JobEventRecord Event, long Previous)> Read(byte[] block, long last, int generation, NameTable names)
    {
        var events = new List<(JobEventRecord, long)>(EventWriter.MaxEvents);
        var reader = new PackReader(block);
        reader.Version(EventWriter.Format, "event block");
        while (!reader.AtEnd)
        {
            var count = reader.Byte();
            var head = reader.Raw(19);
            for (var i = 0; i < count; i++) events.Add(ReadOne(ref reader, head, names));
        }

        var first = last - events.Count + 1;
        for (var i = 0; i < events.Count; i++)
        {
            var (record, previous) = events[i];
            if ((previous & EventWriter.Relative) != 0) previous = first + i - (previous & ~EventWriter.Relative);
            events[i] = (record with { Cursor = new EventCursor(generation, first + i) }, previous);
        }

        return events;
    }

    private static (JobEventRecord Event, long Previous) ReadOne(ref PackReader reader, ReadOnlySpan<byte> head, NameTable names)
    {
        var entry = reader.Raw(29);
        return (new JobEventRecord
        {
            Cursor = default,
            At = StoreTicks.ToTime(JobRecord.ReadBytes(head.Slice(3, 7))),
            Kind = (JobEventKind)head[0],
            Job = JobId.FromBytes(entry),
            Type = JobRecord.ReadName(names, head[10..]) ?? "",
            Queue = JobRecord.ReadName(names, head[13..]) ?? "",
            Status = (JobStatus)head[1],
            Version = BinaryPrimitives.ReadInt32BigEndian(entry[22..]),
            Attempt = (int)JobRecord.ReadBytes(entry.Slice(26, 3)),
            Silo = JobRecord.ReadName(names, head[16..]),
            Error = (head[2] & EventWriter.HasError) != 0 ? reader.Text() : null,
            Fraction = (head[2] & EventWriter.HasFraction) != 0 ? BitConverter.UInt64BitsToDouble(reader.Fixed64()) : null,
        }, JobRecord.ReadBytes(entry.Slice(16, 6)));
    }
}
