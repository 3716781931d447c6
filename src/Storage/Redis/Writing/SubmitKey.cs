using System.Text;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Layout;

namespace Molino.Storage.Redis.Writing;

/// <summary>What is stored under an idempotency key: the first job's id, the hash of its content, when, and how it ended if it was removed before its key.</summary>
/// <param name="Job">The first job.</param>
/// <param name="Hash">Of its content.</param>
/// <param name="CreatedTicks">When it was submitted.</param>
/// <param name="Ended">How it ended, once it was removed.</param>
internal sealed record SubmitKey(JobId Job, byte[] Hash, long CreatedTicks, JobStatus? Ended)
{
    /// <summary>How long a key is kept at least.</summary>
    public static readonly TimeSpan MinimumLife = TimeSpan.FromDays(1);

    private const byte Live = 255;

    /// <summary>The field of a key, scoped by type.</summary>
    public static string FieldOf(string type, string key) => type + "/" + key;

    /// <summary>Packs it.</summary>
    public byte[] Pack()
    {
        var bytes = new byte[JobId.ByteLength + JobContentHash.Length + 8];
        Job.WriteBytes(bytes);
        Hash.CopyTo(bytes, JobId.ByteLength);
        JobRecord.WriteBytes(bytes.AsSpan(32, 7), CreatedTicks);
        bytes[39] = Ended is { } ended ? (byte)ended : Live;
        return bytes;
    }

    /// <summary>Reads it.</summary>
    public static SubmitKey Unpack(ReadOnlySpan<byte> bytes) => new(
        JobId.FromBytes(bytes),
        bytes.Slice(JobId.ByteLength, JobContentHash.Length).ToArray(),
        JobRecord.ReadBytes(bytes.Slice(32, 7)),
        bytes[39] == Live ? null : (JobStatus)bytes[39]);

    /// <summary>The bytes of a field.</summary>
    public static byte[] FieldBytes(string field) => Encoding.UTF8.GetBytes(field);
}
