using System.IO.Compression;
using Molino.Core;

namespace Molino.Storage.Packing;

/// <summary>Compresses parts of results: a byte for the method, then the bytes. Parts that do not shrink are kept as they are.</summary>
public static class ChunkCodec
{
    private const byte Plain = 0;
    private const byte Brotli = 1;
    private const int Quality = 1;
    private const int Window = 18;

    /// <summary>Compresses a part.</summary>
    /// <param name="data">The part.</param>
    /// <returns>A byte for the method, then the bytes.</returns>
    public static byte[] Compress(ReadOnlySpan<byte> data)
    {
        var packed = new byte[1 + BrotliEncoder.GetMaxCompressedLength(data.Length)];
        if (BrotliEncoder.TryCompress(data, packed.AsSpan(1), out var written, Quality, Window) && written < data.Length)
        {
            packed[0] = Brotli;
            return packed[..(1 + written)];
        }

        packed[0] = Plain;
        data.CopyTo(packed.AsSpan(1));
        return packed[..(1 + data.Length)];
    }

    /// <summary>Restores a part.</summary>
    /// <param name="packed">What <see cref="Compress"/> gave.</param>
    /// <param name="length">Length of the original.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.StoreCorrupt"/>.</exception>
    public static byte[] Decompress(ReadOnlySpan<byte> packed, int length)
    {
        if (packed.IsEmpty) throw Damaged();
        if (packed[0] == Plain) return packed[1..].ToArray();
        var data = new byte[length];
        if (packed[0] != Brotli || !BrotliDecoder.TryDecompress(packed[1..], data, out var written) || written != length) throw Damaged();
        return data;
    }

    private static StoreException Damaged() => new(ErrorCodes.StoreCorrupt, "A part of a result cannot be decompressed: the store is damaged.");
}
