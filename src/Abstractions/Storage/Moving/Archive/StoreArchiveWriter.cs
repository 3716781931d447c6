using System.Buffers.Binary;
using System.IO.Compression;
using Molino.Storage.Packing;

namespace Molino.Storage.Moving.Archive;

/// <summary>Writes an archive of a store: one stream, never read back, a block in memory at a time.</summary>
/// <param name="output">Where to. Not disposed.</param>
public sealed class StoreArchiveWriter(Stream output)
{
    private readonly StoreItemCodec _codec = new();
    private readonly PackBuffer _block = new(ArchiveFormat.BlockLength * 2);
    private readonly byte[] _checksum = new byte[ArchiveFormat.ChecksumLength];
    private byte[] _packed = [];
    private bool _started;

    /// <summary>Writes all of a stream of items; an archive without its tail is refused by every reader.</summary>
    /// <param name="items">The items.</param>
    /// <param name="output">Where to.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public static async Task WriteAllAsync(IAsyncEnumerable<StoreItem> items, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var writer = new StoreArchiveWriter(output);
        await foreach (var item in items.WithCancellation(cancellationToken).ConfigureAwait(false)) await writer.WriteAsync(item, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes the next item. The tail ends the archive.</summary>
    /// <param name="item">The item.</param>
    /// <param name="cancellationToken">Stops the writing.</param>
    public async Task WriteAsync(StoreItem item, CancellationToken cancellationToken)
    {
        if (!_started) await StartAsync(cancellationToken).ConfigureAwait(false);
        _codec.Write(item, _block);
        if (_block.Length < ArchiveFormat.BlockLength && item is not StoreItem.Tail) return;
        await EndBlockAsync(cancellationToken).ConfigureAwait(false);
        if (item is StoreItem.Tail) await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        _started = true;
        var start = new byte[ArchiveFormat.StartLength];
        ArchiveFormat.Magic.CopyTo(start);
        BinaryPrimitives.WriteUInt16LittleEndian(start.AsSpan(ArchiveFormat.Magic.Length), ArchiveFormat.Version);
        await output.WriteAsync(start, cancellationToken).ConfigureAwait(false);
    }

    private async Task EndBlockAsync(CancellationToken cancellationToken)
    {
        var length = Pack();
        _block.Clear();
        await output.WriteAsync(_packed.AsMemory(0, ArchiveFormat.BlockHeadLength + length), cancellationToken).ConfigureAwait(false);
    }

    private int Pack()
    {
        const int head = ArchiveFormat.BlockHeadLength;
        var most = head + BrotliEncoder.GetMaxCompressedLength(_block.Length);
        if (_packed.Length < most || _packed.Length > 8 * Math.Max(most, ArchiveFormat.BlockLength)) _packed = new byte[most];
        if (!BrotliEncoder.TryCompress(_block.Written, _packed.AsSpan(head), out var length, ArchiveFormat.Quality, ArchiveFormat.Window))
            throw new InvalidOperationException("A block of an archive could not be compressed.");
        BinaryPrimitives.WriteInt32LittleEndian(_packed, length);
        BinaryPrimitives.WriteInt32LittleEndian(_packed.AsSpan(4), _block.Length);
        ArchiveFormat.Checksum(_checksum, _packed.AsSpan(0, 8), _packed.AsSpan(head, length), _checksum);
        _checksum.CopyTo(_packed.AsSpan(8));
        return length;
    }
}
