using System.Text;
using Molino.Core;
using Molino.Storage.Redis.Connections;
using Molino.Storage.Redis.Scripts;

namespace Molino.Storage.Redis.State;

/// <summary>Fields of a hash in the database of state, each with an etag of 16 characters in front. A write needs the etag, and a silo that was not removed.</summary>
internal sealed class GuardedFields(RedisEngine engine, string key)
{
    private const int EtagLength = 16;

    /// <summary>Reads a field.</summary>
    public async Task<(string Etag, byte[] Bytes)?> ReadAsync(string field, CancellationToken cancellationToken)
    {
        var reply = await engine.State.ReadAsync(RespCommand.Of("HGET", key, field), cancellationToken).ConfigureAwait(false);
        return reply.IsNull ? null : Split(reply.Bytes);
    }

    /// <summary>Reads fields, in one call; those that are not there are left out.</summary>
    public async Task<List<(string Field, string Etag, byte[] Bytes)>> ReadAsync(IReadOnlyList<string> fields, CancellationToken cancellationToken)
    {
        if (fields.Count == 0) return [];
        var command = RespCommand.Of("HMGET", key);
        foreach (var field in fields) command.Arg(field);
        var values = (await engine.State.ReadAsync(command, cancellationToken).ConfigureAwait(false)).Items;
        var found = new List<(string, string, byte[])>(values.Length);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].IsNull) continue;
            var (etag, bytes) = Split(values[i].Bytes);
            found.Add((fields[i], etag, bytes));
        }

        return found;
    }

    /// <summary>Writes a field.</summary>
    /// <returns>False when it has another etag than expected; null expects none.</returns>
    public Task<bool> WriteAsync(string field, string? expectedEtag, string etag, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var value = new byte[EtagLength + bytes.Length];
        Encoding.ASCII.GetBytes(etag, value);
        bytes.Span.CopyTo(value.AsSpan(EtagLength));
        return RunAsync(field, expectedEtag, value, cancellationToken);
    }

    /// <summary>Removes a field.</summary>
    /// <returns>False when it has another etag than expected; null expects none.</returns>
    public Task<bool> RemoveAsync(string field, string? expectedEtag, CancellationToken cancellationToken) => RunAsync(field, expectedEtag, [], cancellationToken);

    private static (string Etag, byte[] Bytes) Split(byte[] value) => value.Length >= EtagLength
        ? (Encoding.ASCII.GetString(value, 0, EtagLength), value[EtagLength..])
        : throw new StoreException(ErrorCodes.StoreCorrupt, "A record of grain state is cut off.");

    private async Task<bool> RunAsync(string field, string? expectedEtag, byte[] value, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var values = new RespArguments(value.Length + 256).Add(engine.Silo).Add(field).Add(expectedEtag ?? "").Add(value);
        var reply = await engine.State.WriteAsync(StoreScript.WriteState.Call([key, engine.Keys.Fence], values), cancellationToken).ConfigureAwait(false);
        return reply.Text switch
        {
            "done" => true,
            "removed" => throw engine.Removed(),
            _ => false,
        };
    }
}
