using Molino.Client;
using Molino.Core;

namespace Molino.Cli;

/// <summary>What a running command has: a connection and a place to write to.</summary>
/// <param name="transport">The connection.</param>
/// <param name="client">The client over it.</param>
/// <param name="output">Where to write.</param>
internal sealed class CliSession(HttpTransport transport, MolinoClient client, Printer output)
{
    public HttpTransport Transport { get; } = transport;

    public MolinoClient Client { get; } = client;

    public Printer Output { get; } = output;

    /// <summary>What to tell somebody who breaks off: null when there is nothing to say.</summary>
    public string? InterruptHint { get; set; }

    /// <summary>Reads an id as it was typed. One that Molino never made is answered as the server would, without asking it.</summary>
    /// <param name="text">The id.</param>
    public static JobId ParseId(string text) =>
        JobId.TryParse(text, out var id) ? id : throw new JobSystemException(ErrorCodes.NotFound, $"No job has the id '{Text.OneLine(text)}'.");
}
