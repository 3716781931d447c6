using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Molino.Runtime.Membership;

namespace Molino.Runtime.TestHost;

/// <summary>A membership table in another process: one connection and two lines of JSON per request.</summary>
public sealed class RemoteTable(int port) : IMembershipTable
{
    public async Task<MembershipSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await AskAsync(new TableRequest("read", null, 0, null, 0, 0), cancellationToken);
        return new MembershipSnapshot(MembershipDocument.FromJson(answer.Document!), answer.Beats!.ToDictionary(beat => new SiloKey(beat.Name, beat.Incarnation), beat => beat.Counter));
    }

    public async Task<bool> TryWriteAsync(MembershipDocument document, long expectedVersion, CancellationToken cancellationToken) =>
        (await AskAsync(new TableRequest("write", document.ToJson(), expectedVersion, null, 0, 0), cancellationToken)).IsWritten;

    public Task BeatAsync(SiloKey silo, long counter, CancellationToken cancellationToken) =>
        AskAsync(new TableRequest("beat", null, 0, silo.Name, silo.Incarnation, counter), cancellationToken);

    private async Task<TableAnswer> AskAsync(TableRequest request, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
        await using var stream = client.GetStream();
        await using var writer = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true };
        using var reader = new StreamReader(stream, leaveOpen: true);
        await writer.WriteLineAsync(JsonSerializer.Serialize(request).AsMemory(), cancellationToken);
        return JsonSerializer.Deserialize<TableAnswer>(await reader.ReadLineAsync(cancellationToken) ?? throw new EndOfStreamException())!;
    }
}
