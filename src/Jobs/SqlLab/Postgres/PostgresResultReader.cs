using System.Text.Json;
using Npgsql;

namespace Molino.Jobs.SqlLab.Postgres;

/// <summary>Passes on the rows of a reader whose values all come as the server's own text, which is exact for every type, known to the driver or not.</summary>
internal static class PostgresResultReader
{
    /// <summary>Reads all rows.</summary>
    /// <returns>False when the row limit cut it.</returns>
    public static async Task<bool> ReadAsync(NpgsqlDataReader reader, SqlRowSink sink, CancellationToken cancellationToken)
    {
        var types = new PostgresValueType[reader.FieldCount];
        for (var column = 0; column < types.Length; column++) types[column] = PostgresValueType.Of(reader.GetPostgresType(column));
        sink.Begin([.. types.Select((type, column) => new SqlColumn(reader.GetName(column), reader.GetDataTypeName(column), type.Kind))]);
        await using var writer = new Utf8JsonWriter(sink.Row, JsonText.Options);
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (!sink.TryBeginRow()) return false;
            writer.WriteStartArray();
            for (var column = 0; column < types.Length; column++)
            {
                if (await reader.IsDBNullAsync(column, cancellationToken).ConfigureAwait(false)) writer.WriteNullValue();
                else types[column].Write(writer, await reader.GetFieldValueAsync<string>(column, cancellationToken).ConfigureAwait(false));
            }

            writer.WriteEndArray();
            await writer.FlushAsync(cancellationToken).ConfigureAwait(false);
            await sink.EndRowAsync(cancellationToken).ConfigureAwait(false);
            writer.Reset();
        }

        return true;
    }
}
