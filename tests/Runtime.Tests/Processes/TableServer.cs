using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Molino.Runtime.Membership;
using Molino.Runtime.TestHost;
using Molino.Runtime.Tests.Clustering;

namespace Molino.Runtime.Tests.Processes;

/// <summary>Serves the table of this process to silos in others.</summary>
public sealed class TableServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public TableServer()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public MemoryMembershipTable Table { get; } = new();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // disposed
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, leaveOpen: true);
            await using var writer = new StreamWriter(stream, leaveOpen: true) { AutoFlush = true };
            if (await reader.ReadLineAsync() is { } line)
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(await AnswerAsync(JsonSerializer.Deserialize<TableRequest>(line)!)));
            }
        }
    }

    private async Task<TableAnswer> AnswerAsync(TableRequest request)
    {
        switch (request.Kind)
        {
            case "read":
                var read = await Table.ReadAsync(CancellationToken.None);
                return new TableAnswer(read.Document.ToJson(), [.. read.Beats.Select(beat => new TableBeat(beat.Key.Name, beat.Key.Incarnation, beat.Value))], false);
            case "write":
                return new TableAnswer(null, null, await Table.TryWriteAsync(MembershipDocument.FromJson(request.Document!), request.ExpectedVersion, CancellationToken.None));
            default:
                await Table.BeatAsync(new SiloKey(request.Name!, request.Incarnation), request.Counter, CancellationToken.None);
                return new TableAnswer(null, null, true);
        }
    }
}
