namespace Molino.Client;

/// <summary>The store as a whole, over HTTP; needs the role <c>admin</c> where a login is required.</summary>
public sealed class HttpStore
{
    private readonly HttpChannel _channel;
    private readonly MolinoClientOptions _options;

    internal HttpStore(HttpChannel channel, MolinoClientOptions options)
    {
        _channel = channel;
        _options = options;
    }

    /// <summary>Opens a backup: an archive that is made while it is read (docs/store-archive.md).</summary>
    /// <param name="cancellationToken">Stops the backup.</param>
    /// <returns>The archive; dispose it. Where the connection breaks, reading it throws <see cref="ClientErrorCodes.NotReachable"/>.</returns>
    public async Task<Stream> OpenBackupAsync(CancellationToken cancellationToken)
    {
        var call = new HttpCall(HttpMethod.Get, "/api/store/backup", Repeat.Always) { KeepsAnswer = true };
        return await _channel.CallAsync<Stream>(
            call,
            async (response, stop) =>
                new AnswerStream(response, await response.Content.ReadAsStreamAsync(stop).ConfigureAwait(false), _channel, _options.AnswerTimeout, _options.TimeProvider),
            cancellationToken).ConfigureAwait(false);
    }
}
