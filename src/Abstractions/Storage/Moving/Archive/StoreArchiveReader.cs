using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage.Packing;

namespace Molino.Storage.Moving.Archive;

/// <summary>Reads an archive of a store, a block in memory at a time. Every block's checksum is checked before anything of it is given out.</summary>
public static class StoreArchiveReader
{
    /// <summary>Streams the items of an archive.</summary>
    /// <param name="input">The archive. Not disposed; nothing after its end is read.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    /// <exception cref="StoreException"><see cref="ErrorCodes.ArchiveDamaged"/> when it is cut off or was changed; <see cref="ErrorCodes.StoreTooNew"/>.</exception>
    public static async IAsyncEnumerable<StoreItem> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        await ReadStartAsync(input, cancellationToken).ConfigureAwait(false);
        var checksum = new byte[ArchiveFormat.ChecksumLength];
        var items = new List<StoreItem>();
        var first = true;
        while (true)
        {
            await ReadBlockAsync(input, checksum, items, cancellationToken).ConfigureAwait(false);
            foreach (var item in items)
            {
                if (first != item is StoreItem.Head) throw Damaged("its head is not at its start");
                first = false;
                yield return item;
                if (item is StoreItem.Tail) yield break;
            }
        }
    }

    /// <summary>Passes an archive on as it comes, and checks it on the way.</summary>
    /// <param name="input">The archive.</param>
    /// <param name="output">Where it goes.</param>
    /// <param name="visit">Told of each item.</param>
    /// <param name="cancellationToken">Stops the copy.</param>
    /// <exception cref="StoreException">As <see cref="ReadAsync"/>; what was written until then is not an archive.</exception>
    public static async Task CopyAsync(Stream input, Stream output, Action<StoreItem> visit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(visit);
        var passing = new PassingStream(input, output);
        await using (passing.ConfigureAwait(false))
        {
            await foreach (var item in ReadAsync(passing, cancellationToken).ConfigureAwait(false)) visit(item);
        }
    }

    private static async Task ReadStartAsync(Stream input, CancellationToken cancellationToken)
    {
        var start = new byte[ArchiveFormat.StartLength];
        var read = await input.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        if (read < start.Length || !start.AsSpan().StartsWith(ArchiveFormat.Magic))
            throw new StoreException(ErrorCodes.ArchiveDamaged, "This is not an archive of a store of Molino.");
        var version = BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(ArchiveFormat.Magic.Length));
        if (version > ArchiveFormat.Version)
        {
            throw new StoreException(
                ErrorCodes.StoreTooNew, $"The archive has format {version}; this version of Molino reads up to {ArchiveFormat.Version}. Use the version that wrote it, or a newer one.");
        }
    }

    private static async Task ReadBlockAsync(Stream input, byte[] checksum, List<StoreItem> items, CancellationToken cancellationToken)
    {
        var head = new byte[ArchiveFormat.BlockHeadLength];
        await FillAsync(input, head, cancellationToken).ConfigureAwait(false);
        var (length, unpacked) = (BinaryPrimitives.ReadInt32LittleEndian(head), BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(4)));
        if (length is <= 0 or > ArchiveFormat.MaxBlockLength || unpacked is <= 0 or > ArchiveFormat.MaxBlockLength) throw Damaged("a block has a length that cannot be");
        var block = new byte[length];
        await FillAsync(input, block, cancellationToken).ConfigureAwait(false);
        ArchiveFormat.Checksum(checksum, head.AsSpan(0, 8), block, checksum);
        if (!checksum.AsSpan().SequenceEqual(head.AsSpan(8))) throw Damaged("a checksum is wrong");
        Unpack(block, unpacked, items);
    }

    private static void Unpack(byte[] block, int length, List<StoreItem> items)
    {
        var bytes = new byte[length];
        if (!BrotliDecoder.TryDecompress(block, bytes, out var written) || written != length) throw Damaged("a block cannot be decompressed");
        items.Clear();
        var reader = new PackReader(bytes);
        while (!reader.AtEnd) items.Add(StoreItemCodec.Read(ref reader));
    }

    private static async Task FillAsync(Stream input, byte[] bytes, CancellationToken cancellationToken)
    {
        if (await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false) < bytes.Length) throw Damaged("it ends too early");
    }

    private static StoreException Damaged(string how) => new(ErrorCodes.ArchiveDamaged, $"The archive is damaged: {how}. Use another copy of it.");
}
