using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>
/// Reads the format JSONCompact as it comes: a head with names and types, then one row a line, then totals and counts. Unlike tab-separated text it has an end of its own,
/// so that a result that broke off, or ends in the text of an exception, cannot be taken for a whole one; and data can never look like such a text, because it is inside JSON strings.
/// </summary>
internal sealed class ClickHouseResultReader(string database, SqlRowSink sink, Func<CancellationToken, Task<string>> serverZone)
{
    private const int MaxHeadBytes = 4 * 1024 * 1024;
    private const int MaxRestBytes = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _head = new();
    private readonly ArrayBufferWriter<byte> _rest = new();
    private byte[] _scratch = [];
    private ClickHouseRowConverter? _rows;
    private Part _part = Part.Head;
    private bool _cut;

    private enum Part
    {
        /// <summary>Names and types.</summary>
        Head,

        /// <summary>The line that opens the rows.</summary>
        Open,

        /// <summary>The rows.</summary>
        Rows,

        /// <summary>Totals and counts.</summary>
        Tail,

        /// <summary>The closing brace was read.</summary>
        End,

        /// <summary>A line that does not belong: the text of an exception, or what a lost connection left.</summary>
        Broken,
    }

    /// <summary>Reads all of it.</summary>
    /// <returns>False when the row limit cut it: the query may still run.</returns>
    /// <exception cref="ClickHouseServerException">The server reported an error in mid-stream.</exception>
    /// <exception cref="DatabaseConnectionLostException">It broke off.</exception>
    public async Task<bool> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var pipe = PipeReader.Create(body, new StreamPipeReaderOptions(bufferSize: 64 * 1024, leaveOpen: true));
        try
        {
            while (true)
            {
                var read = await ReadSomeAsync(pipe, cancellationToken).ConfigureAwait(false);
                var consumed = await TakeLinesAsync(read.Buffer, read.IsCompleted, cancellationToken).ConfigureAwait(false);
                if (_cut) return false;
                if (!read.IsCompleted && read.Buffer.Slice(consumed).Length > SqlRowSink.MaxRowBytes) throw SqlErrors.RowTooLarge(sink.RowCount + 1, SqlRowSink.MaxRowBytes);
                pipe.AdvanceTo(consumed, read.Buffer.End);
                if (read.IsCompleted) break;
            }
        }
        finally
        {
            await pipe.CompleteAsync().ConfigureAwait(false);
        }

        return Conclude();
    }

    private async Task<ReadResult> ReadSomeAsync(PipeReader pipe, CancellationToken cancellationToken)
    {
        try
        {
            return await pipe.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new DatabaseConnectionLostException(database, error.Message, error);
        }
    }

    private async ValueTask<SequencePosition> TakeLinesAsync(ReadOnlySequence<byte> buffer, bool last, CancellationToken cancellationToken)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            var line = buffer.Slice(0, end);
            // Nearly every line is a row whose part is not full: keep that path free of awaits.
            var taking = _part != Part.Rows ? TakeAsync(line, cancellationToken) : WriteRow(line) ? sink.EndRowAsync(cancellationToken) : ValueTask.CompletedTask;
            if (!taking.IsCompletedSuccessfully) await taking.ConfigureAwait(false);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
            if (_cut) break;
        }

        if (last && !_cut && buffer.Length > 0)
        {
            await TakeAsync(buffer, cancellationToken).ConfigureAwait(false);
            buffer = buffer.Slice(buffer.End);
        }

        return buffer.Start;
    }

    private async ValueTask TakeAsync(ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        switch (_part)
        {
            case Part.Head:
                await TakeHeadAsync(line, cancellationToken).ConfigureAwait(false);
                break;
            case Part.Open:
                _part = Span(line).SequenceEqual("\t["u8) ? Part.Rows : Broken(line);
                break;
            case Part.Rows:
                if (WriteRow(line)) await sink.EndRowAsync(cancellationToken).ConfigureAwait(false);
                break;
            case Part.Tail:
                if (Span(line).SequenceEqual("}"u8)) _part = Part.End;
                else if (line.Length > 0 && Span(line)[0] != '\t') _part = Broken(line);
                break;
            default:
                _part = Broken(line);
                break;
        }
    }

    private async ValueTask TakeHeadAsync(ReadOnlySequence<byte> line, CancellationToken cancellationToken)
    {
        if (_head.WrittenCount == 0 && !Span(line).SequenceEqual("{"u8))
        {
            _part = Broken(line);
            return;
        }

        if (!Span(line).SequenceEqual("\t\"data\":"u8))
        {
            if (_head.WrittenCount + line.Length > MaxHeadBytes) throw SqlErrors.RowTooLarge(0, MaxHeadBytes);
            foreach (var segment in line) _head.Write(segment.Span);
            return;
        }

        _part = Part.Open;
        _head.Write("\"end\":0}"u8);
        using var head = JsonDocument.Parse(_head.WrittenMemory);
        var columns = head.RootElement.GetProperty("meta").EnumerateArray().Select(column => (Name: column.GetProperty("name").GetString()!, Type: column.GetProperty("type").GetString()!)).ToList();
        var types = columns.ConvertAll(column => ClickHouseType.Parse(column.Type));
        sink.Begin([.. columns.Zip(types, (column, type) => new SqlColumn(column.Name, column.Type, type.Kind))]);
        var zone = types.Any(type => type.UsesServerZone) ? await serverZone(cancellationToken).ConfigureAwait(false) : null;
        _rows = new ClickHouseRowConverter(types, zone);
    }

    // Rows are "\t\t[...]" and end with a comma, the last one without. True: a row was begun, and is to be ended.
    private bool WriteRow(ReadOnlySequence<byte> line)
    {
        var row = Span(line);
        if (row.IsEmpty) return false;
        if (row.StartsWith("\t]"u8))
        {
            _part = Part.Tail;
            return false;
        }

        if (row[^1] == ',') row = row[..^1];
        if (!row.StartsWith("\t\t["u8) || row[^1] != ']')
        {
            _part = Broken(line);
            return false;
        }

        if (!sink.TryBeginRow())
        {
            _cut = true;
            return false;
        }

        try
        {
            _rows!.Write(row[2..], sink.Row);
            return true;
        }
        catch (JsonException)
        {
            _part = Broken(line);
            return false;
        }
    }

    private Part Broken(ReadOnlySequence<byte> line)
    {
        // The end of what follows is what counts: keep it, forget what comes before.
        if (_rest.WrittenCount + line.Length > 2 * MaxRestBytes) _rest.ResetWrittenCount();
        foreach (var segment in line.Slice(Math.Max(0, line.Length - MaxRestBytes))) _rest.Write(segment.Span);
        _rest.Write("\n"u8);
        return Part.Broken;
    }

    private bool Conclude()
    {
        if (_part == Part.End || (_part == Part.Head && _head.WrittenCount == 0)) return true;
        var rest = Encoding.UTF8.GetString(_rest.WrittenSpan);
        if (ClickHouseServerException.Find(rest) is { } error) throw error;
        if (_part == Part.Broken && (sink.Columns.Count == 0 || rest.StartsWith("\t\t{", StringComparison.Ordinal)))
            throw new Core.PermanentJobException(SqlErrors.Sql, "The answer is not in the format asked for: leave the FORMAT clause out of the statement.");
        throw new DatabaseConnectionLostException(database, "the result ended before it was complete.");
    }

    private ReadOnlySpan<byte> Span(ReadOnlySequence<byte> line)
    {
        if (line.IsSingleSegment) return line.FirstSpan;
        if (_scratch.Length < line.Length) _scratch = new byte[Math.Max(line.Length, 16 * 1024)];
        line.CopyTo(_scratch);
        return _scratch.AsSpan(0, (int)line.Length);
    }
}
