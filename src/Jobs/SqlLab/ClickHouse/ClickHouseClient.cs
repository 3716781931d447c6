using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Molino.Jobs.SqlLab.ClickHouse;

/// <summary>Sends statements to one ClickHouse server.</summary>
internal sealed class ClickHouseClient : IDisposable
{
    private const int MaxErrorChars = 64 * 1024;

    private readonly HttpClient _http;
    private readonly string _name;
    private readonly SqlDatabaseOptions _options;

    public ClickHouseClient(string name, SqlDatabaseOptions options)
    {
        _name = name;
        _options = options;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(5),
            // The server closes idle connections after three seconds by default: never pick one that it is about to close.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(2),
            // A response that is given up closes its connection at once, which the server notices at its next write.
            ResponseDrainTimeout = TimeSpan.Zero,
            MaxResponseDrainSize = 0,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        _http = new HttpClient(handler) { BaseAddress = new Uri(options.Url!.TrimEnd('/') + "/"), Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Sends a statement and returns when the response's head is there.</summary>
    /// <exception cref="DatabaseUnreachableException">No connection, or no login.</exception>
    /// <exception cref="DatabaseConnectionLostException">The connection broke before the head.</exception>
    /// <exception cref="ClickHouseServerException">The server refused the statement.</exception>
    public async Task<HttpResponseMessage> SendAsync(string sql, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "?" + Query(parameters)) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sql)) };
        if (_options.User is not null || _options.PasswordFile is not null) request.Headers.Authorization = await LoginAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response;
        try
        {
            response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw error.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                ? Unreachable(error.Message, error)
                : new DatabaseConnectionLostException(_name, error.Message, error);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw Unreachable("the connection could not be made in time.", error);
        }

        if (response.IsSuccessStatusCode) return response;
        using (response) throw await RefusalAsync(response, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a short statement of the pack's own and reads its answer as tab-separated text.</summary>
    public async Task<string> AskAsync(string sql, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(sql, [], cancellationToken).ConfigureAwait(false);
        try
        {
            return await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error)
        {
            throw new DatabaseConnectionLostException(_name, error.Message, error);
        }
    }

    public void Dispose() => _http.Dispose();

    private string Query(IEnumerable<KeyValuePair<string, string>> parameters)
    {
        var database = _options.Database is { } name ? [new("database", name)] : Array.Empty<KeyValuePair<string, string>>();
        return string.Join('&', database.Concat(parameters).Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}"));
    }

    private async Task<AuthenticationHeaderValue> LoginAsync(CancellationToken cancellationToken)
    {
        try
        {
            var password = await _options.ReadPasswordAsync(cancellationToken).ConfigureAwait(false);
            return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_options.User ?? "default"}:{password}")));
        }
        catch (IOException error)
        {
            throw Unreachable("its password file cannot be read: " + error.Message, error);
        }
    }

    private async Task<Exception> RefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
        if (ClickHouseServerException.Find(text) is not { } error)
            return Unreachable(string.Create(CultureInfo.InvariantCulture, $"it answered with HTTP status {(int)response.StatusCode}, and not as ClickHouse does."));
        return error.IsLoginRefused ? Unreachable($"it refused the login: {error.Message}", error) : error;
    }

    private async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            var text = new char[MaxErrorChars];
            return new string(text, 0, await reader.ReadBlockAsync(text, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw new DatabaseConnectionLostException(_name, error.Message, error);
        }
    }

    private DatabaseUnreachableException Unreachable(string reason, Exception? inner = null) => new(_name, $"{_http.BaseAddress!.Authority}: {reason}", inner);
}
