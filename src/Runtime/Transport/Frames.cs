using System.Buffers;
using System.Buffers.Binary;

namespace Molino.Runtime.Transport;

/// <summary>Frames: four bytes of length (of what follows), one byte of type, the body.</summary>
internal static class Frames
{
    /// <summary>The bytes before the body.</summary>
    public const int HeaderLength = 5;

    /// <summary>Takes the first frame out of a buffer.</summary>
    /// <param name="buffer">The buffer; cut down to what is behind the frame.</param>
    /// <param name="largest">The largest body, in bytes.</param>
    /// <param name="type">The type of the frame.</param>
    /// <param name="body">The body.</param>
    /// <returns>False when the frame is not there as a whole.</returns>
    /// <exception cref="InvalidDataException">The frame is too large, or no frame at all.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int largest, out FrameType type, out ReadOnlySequence<byte> body)
    {
        type = default;
        body = default;
        if (buffer.Length < HeaderLength)
        {
            return false;
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        buffer.Slice(0, HeaderLength).CopyTo(header);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(header);
        if (length < 1 || length - 1 > (uint)largest)
        {
            throw new InvalidDataException($"A frame of {length} bytes came; the most is {largest}. Is it another protocol, or has the other side a larger TransportOptions.MaxFrameBytes?");
        }

        if (buffer.Length < length + 4L)
        {
            return false;
        }

        type = (FrameType)header[4];
        body = buffer.Slice(HeaderLength, length - 1);
        buffer = buffer.Slice(length + 4L);
        return true;
    }

    /// <summary>Writes the header of a frame.</summary>
    /// <param name="header">Room for the header.</param>
    /// <param name="type">The type.</param>
    /// <param name="bodyLength">The length of the body.</param>
    public static void WriteHeader(Span<byte> header, FrameType type, int bodyLength)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)bodyLength + 1);
        header[4] = (byte)type;
    }
}
