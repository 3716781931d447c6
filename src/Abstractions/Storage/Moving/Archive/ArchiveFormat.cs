using System.Security.Cryptography;

namespace Molino.Storage.Moving.Archive;

/// <summary>The frame of an archive (docs/store-archive.md): a start, blocks that are chained by their checksums, and an end.</summary>
internal static class ArchiveFormat
{
    /// <summary>The version written.</summary>
    public const ushort Version = 1;

    /// <summary>Bytes before the first block: the magic word and the version.</summary>
    public const int StartLength = 10;

    /// <summary>Bytes before a block's own: its length, its length when unpacked, its checksum.</summary>
    public const int BlockHeadLength = 8 + ChecksumLength;

    /// <summary>Bytes of a checksum: the first half of a SHA-256 over the checksum before, the lengths and the block.</summary>
    public const int ChecksumLength = 16;

    /// <summary>At this many bytes a block ends.</summary>
    public const int BlockLength = 256 * 1024;

    /// <summary>The largest block that is read: an item of the largest size, and room.</summary>
    public const int MaxBlockLength = 128 << 20;

    /// <summary>Brotli's quality and window: fast, and most of the gain.</summary>
    public const int Quality = 1;

    /// <summary>See <see cref="Quality"/>.</summary>
    public const int Window = 20;

    /// <summary>The word that archives start with.</summary>
    public static ReadOnlySpan<byte> Magic => "MOLINOAR"u8;

    /// <summary>A block's checksum.</summary>
    /// <param name="previous">That of the block before; all zero for the first.</param>
    /// <param name="lengths">The block's two lengths, as written.</param>
    /// <param name="block">The block, as written.</param>
    /// <param name="checksum">Where to write it.</param>
    public static void Checksum(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> lengths, ReadOnlySpan<byte> block, Span<byte> checksum)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        hash.AppendData(lengths);
        hash.AppendData(block);
        Span<byte> whole = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(whole);
        whole[..ChecksumLength].CopyTo(checksum);
    }
}
