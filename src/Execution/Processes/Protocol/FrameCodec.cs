using System.Buffers.Binary;

namespace Molino.Execution.Processes.Protocol;

/// <summary>
/// A frame on the pipe, little endian: length of header and body (4 bytes), length of the header (4), kind (1), call (4), header, body.
/// </summary>
internal static class FrameCodec
{
    /// <summary>The protocol's version; a child of another version is not used.</summary>
    internal const int Version = 1;

    /// <summary>The largest body: a result of 64 MiB.</summary>
    internal const int MaxBody = 64 * 1024 * 1024;

    /// <summary>Bytes before the header.</summary>
    internal const int PrefixLength = 13;

    private const int MaxHeader = 1024 * 1024;

    /// <summary>Prefix and header as they go over the pipe; the body follows as it is.</summary>
    internal static byte[] EncodeHead(FrameKind kind, uint call, ReadOnlyMemory<byte> header, int bodyLength)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bodyLength, MaxBody);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(header.Length, MaxHeader, nameof(header));
        var head = new byte[PrefixLength + header.Length];
        BinaryPrimitives.WriteInt32LittleEndian(head, header.Length + bodyLength);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(4), header.Length);
        head[8] = (byte)kind;
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(9), call);
        header.Span.CopyTo(head.AsSpan(PrefixLength));
        return head;
    }

    /// <summary>Reads a prefix.</summary>
    /// <returns>How many bytes follow it, and how many of them are the header.</returns>
    /// <exception cref="InvalidDataException">These bytes are no prefix: something else writes to the pipe.</exception>
    internal static (int Length, int HeaderLength) DecodePrefix(ReadOnlySpan<byte> prefix)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        var header = BinaryPrimitives.ReadInt32LittleEndian(prefix[4..]);
        if (header is < 0 or > MaxHeader || length < header || length - header > MaxBody || prefix[8] is 0 or > (byte)FrameKind.Diagnostic)
        {
            throw new InvalidDataException("The bytes are no frame of the child runner's protocol.");
        }

        return (length, header);
    }

    /// <summary>Makes the frame from its prefix and what followed it.</summary>
    internal static Frame Decode(ReadOnlySpan<byte> prefix, byte[] rest, int headerLength) =>
        new((FrameKind)prefix[8], BinaryPrimitives.ReadUInt32LittleEndian(prefix[9..]), rest.AsMemory(0, headerLength), rest.AsMemory(headerLength));
}
