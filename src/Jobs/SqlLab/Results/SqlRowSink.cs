using System.Buffers;
using System.Text.Json;

namespace Molino.Jobs.SqlLab;

/// <summary>
/// Takes the rows of one query and passes them on in parts of about 1 MiB, so that memory does not grow with the result. Used by one thread at a time:
/// <see cref="Begin"/> once, then for each row <see cref="TryBeginRow"/>, writes to <see cref="Row"/> and <see cref="EndRowAsync"/>.
/// </summary>
public sealed class SqlRowSink
{
    /// <summary>Rows are passed on when so many bytes have been written.</summary>
    public const int PartBytes = 1024 * 1024;

    /// <summary>The longest row, as JSON, in bytes. A part stays below the store's 8 MiB.</summary>
    public const int MaxRowBytes = 4 * 1024 * 1024;

    /// <summary>The most rows kept for <see cref="SqlQueryResult.FirstRows"/>.</summary>
    public const int MaxFirstRows = 100;

    /// <summary>The most bytes of rows kept for <see cref="SqlQueryResult.FirstRows"/>.</summary>
    public const int MaxFirstRowsBytes = 32 * 1024;

    private readonly Func<ReadOnlyMemory<byte>, int, CancellationToken, Task> _append;
    private readonly Action<long> _stored;
    private readonly long _maxRows;
    private readonly long _maxBytes;
    private readonly ArrayBufferWriter<byte> _part = new(PartBytes / 16);
    private readonly List<JsonElement> _firstRows = [];
    private int _partRows;
    private int _rowStart;
    private int _firstRowsBytes;
    private bool _firstRowsFull;
    private long _bytes;

    /// <summary>Makes a sink.</summary>
    /// <param name="append">Stores a part; see <see cref="IJobContext.AppendResultItemsAsync"/>. The memory is used again once the task has ended.</param>
    /// <param name="stored">Told the number of rows after each part.</param>
    /// <param name="maxRows">Rows to keep; above zero.</param>
    /// <param name="maxBytes">Bytes of rows, as JSON, above which the result is refused.</param>
    public SqlRowSink(Func<ReadOnlyMemory<byte>, int, CancellationToken, Task> append, Action<long> stored, long maxRows, long maxBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        _append = append;
        _stored = stored;
        _maxRows = maxRows;
        _maxBytes = maxBytes;
    }

    /// <summary>The columns; empty before <see cref="Begin"/> and for a statement that gives no rows.</summary>
    public IReadOnlyList<SqlColumn> Columns { get; private set; } = [];

    /// <summary>Rows taken.</summary>
    public long RowCount { get; private set; }

    /// <summary>Whether a row was refused because of the row limit.</summary>
    public bool Truncated { get; private set; }

    /// <summary>The first rows.</summary>
    public IReadOnlyList<JsonElement> FirstRows => _firstRows;

    /// <summary>Where the current row is written: one JSON array, UTF-8, without a line feed.</summary>
    public IBufferWriter<byte> Row => _part;

    /// <summary>States the columns, before the first row.</summary>
    /// <param name="columns">The columns, in order.</param>
    public void Begin(IReadOnlyList<SqlColumn> columns) => Columns = columns;

    /// <summary>Asks for room for a row.</summary>
    /// <returns>False when the row limit is reached: nothing may be written, and the query may be stopped.</returns>
    public bool TryBeginRow()
    {
        if (RowCount >= _maxRows)
        {
            Truncated = true;
            return false;
        }

        _rowStart = _part.WrittenCount;
        return true;
    }

    /// <summary>Ends the current row, and stores the part if it is large enough.</summary>
    /// <param name="cancellationToken">Stops the wait for the store.</param>
    /// <exception cref="Core.PermanentJobException">The row, or the result, is larger than allowed.</exception>
    public ValueTask EndRowAsync(CancellationToken cancellationToken)
    {
        var row = _part.WrittenSpan[_rowStart..];
        if (row.Length > MaxRowBytes) throw SqlErrors.RowTooLarge(RowCount + 1, MaxRowBytes);
        _bytes += row.Length + 1;
        if (_bytes > _maxBytes) throw SqlErrors.ResultTooLarge(_maxBytes, RowCount);
        KeepFirst(row);
        _part.GetSpan(1)[0] = (byte)'\n';
        _part.Advance(1);
        _partRows++;
        RowCount++;
        return _part.WrittenCount >= PartBytes ? new ValueTask(FlushAsync(cancellationToken)) : ValueTask.CompletedTask;
    }

    /// <summary>Stores what is left.</summary>
    /// <param name="cancellationToken">Stops the wait for the store.</param>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_partRows == 0) return;
        await _append(_part.WrittenMemory, _partRows, cancellationToken).ConfigureAwait(false);
        _part.ResetWrittenCount();
        _partRows = 0;
        _stored(RowCount);
    }

    private void KeepFirst(ReadOnlySpan<byte> row)
    {
        if (_firstRowsFull) return;
        _firstRowsFull = _firstRows.Count == MaxFirstRows || _firstRowsBytes + row.Length > MaxFirstRowsBytes;
        if (_firstRowsFull) return;
        _firstRowsBytes += row.Length;
        var reader = new Utf8JsonReader(row, new JsonReaderOptions { MaxDepth = 1000 });
        _firstRows.Add(JsonElement.ParseValue(ref reader));
    }
}
