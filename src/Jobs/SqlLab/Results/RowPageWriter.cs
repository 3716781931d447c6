using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Molino.Jobs.SqlLab;

/// <summary>Writes a page of a stored result, as JSON or CSV, without holding more than a row and a part of it in memory.</summary>
public static class RowPageWriter
{
    private const int FlushBytes = 64 * 1024;

    /// <summary>Writes <c>{"columns":[...],"rows":[[...]],"total":N}</c>.</summary>
    /// <param name="output">Where to; flushed as it fills, not completed.</param>
    /// <param name="columns">The result's columns.</param>
    /// <param name="total">Rows of the whole result.</param>
    /// <param name="parts">The stored rows, as <see cref="IJobContext.AppendResultItemsAsync"/> got them; a row may cross parts.</param>
    /// <param name="skip">Rows of <paramref name="parts"/> to leave out first: the page's offset, less the items before the first part.</param>
    /// <param name="take">Rows to write at most.</param>
    /// <param name="cancellationToken">Stops the write.</param>
    public static async Task WriteJsonAsync(
        PipeWriter output, IReadOnlyList<SqlColumn> columns, long total, IAsyncEnumerable<ReadOnlyMemory<byte>> parts, long skip, long take, CancellationToken cancellationToken)
    {
        output.Write("{\"columns\":"u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(columns, JobJson.Options));
        output.Write(",\"rows\":["u8);
        var first = true;
        await foreach (var row in RowsAsync(parts, skip, take, cancellationToken).ConfigureAwait(false))
        {
            if (!first) output.Write(","u8);
            first = false;
            output.Write(row.Span);
            await FlushIfFullAsync(output, cancellationToken).ConfigureAwait(false);
        }

        output.Write("],\"total\":"u8);
        output.Write(JsonSerializer.SerializeToUtf8Bytes(total));
        output.Write("}"u8);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes CSV by RFC 4180: a header line, lines ended by CR LF, null as nothing and an empty text as <c>""</c>.</summary>
    /// <param name="output">Where to; flushed as it fills, not completed.</param>
    /// <param name="columns">The result's columns.</param>
    /// <param name="parts">See <see cref="WriteJsonAsync"/>.</param>
    /// <param name="skip">See <see cref="WriteJsonAsync"/>.</param>
    /// <param name="take">See <see cref="WriteJsonAsync"/>.</param>
    /// <param name="guardFormulas">
    /// Whether text that a spreadsheet would run as a formula (it starts with <c>= + - @</c>, a tab or a carriage return) gets an apostrophe in front. False keeps the data exact, and is
    /// what programs want; ask for true when the file is meant for a spreadsheet and the data may come from strangers.
    /// </param>
    /// <param name="cancellationToken">Stops the write.</param>
    public static async Task WriteCsvAsync(
        PipeWriter output, IReadOnlyList<SqlColumn> columns, IAsyncEnumerable<ReadOnlyMemory<byte>> parts, long skip, long take, bool guardFormulas, CancellationToken cancellationToken)
    {
        var csv = new CsvRowFormatter(output, guardFormulas);
        csv.WriteHeader(columns);
        await foreach (var row in RowsAsync(parts, skip, take, cancellationToken).ConfigureAwait(false))
        {
            csv.WriteRow(row.Span);
            await FlushIfFullAsync(output, cancellationToken).ConfigureAwait(false);
        }

        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask FlushIfFullAsync(PipeWriter output, CancellationToken cancellationToken)
    {
        if (!output.CanGetUnflushedBytes || output.UnflushedBytes >= FlushBytes) await output.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The lines, without their line feeds. Each is valid until the next is asked for.</summary>
    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> RowsAsync(
        IAsyncEnumerable<ReadOnlyMemory<byte>> parts, long skip, long take, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (take <= 0) yield break;
        var begun = new ArrayBufferWriter<byte>(); // the start of a row that the next part goes on with
        await foreach (var part in parts.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            var rest = part;
            for (var end = rest.Span.IndexOf((byte)'\n'); end >= 0; end = rest.Span.IndexOf((byte)'\n'))
            {
                var row = rest[..end];
                rest = rest[(end + 1)..];
                if (begun.WrittenCount > 0)
                {
                    begun.Write(row.Span);
                    row = begun.WrittenMemory;
                }

                if (skip-- <= 0)
                {
                    yield return row;
                    if (--take == 0) yield break;
                }

                begun.ResetWrittenCount();
            }

            begun.Write(rest.Span);
        }
    }
}
