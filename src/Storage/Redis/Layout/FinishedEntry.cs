using Molino.Core;

namespace Molino.Storage.Redis.Layout;

/// <summary>An entry in a list of finished jobs: when it ended (7 bytes) and its id.</summary>
internal static class FinishedEntry
{
    public const int Length = 7 + JobId.ByteLength;

    public static void Write(DateTimeOffset finished, ReadOnlySpan<byte> id, Span<byte> entry)
    {
        JobRecord.WriteBytes(entry[..7], StoreTicks.Of(finished));
        id.CopyTo(entry[7..]);
    }

    public static (long FinishedTicks, JobId Job) Read(ReadOnlySpan<byte> entry) => (JobRecord.ReadBytes(entry[..7]), JobId.FromBytes(entry[7..]));
}
