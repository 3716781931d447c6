using System.Net.Http.Headers;
using System.Net.Sockets;
using Molino.Core;

namespace Molino.Client;

/// <summary>Sends requests, repeats what can be repeated, and turns every failure into a named exception.</summary>
internal sealed class HttpChannel : IDisposable
{
    private readonly MolinoClientOptions _options;
    private readonly ServerAddress _address;
    private readonly AuthenticationHeaderValue? _login;
    private readonly HttpMessageInvoker _invoker;
    private volatile bool _reached;

    public HttpChannel(MolinoClientOptions options)
    {
        _options = options;
        _address = ServerAddress.Parse(options.Url);
        _login = options.User is null ? _address.Login : ServerAddress.Basic($"{options.User}:{options.Password}");
        _invoker = new HttpMessageInvoker(CreateHandler());
    }

    /// <summary>How the server is called in messages; without a password.</summary>
    public string ServerName => _address.Socket ?? _address.Base;

    /// <summary>Calls, repeating as the call allows.</summary>
    /// <typeparam name="T">What the answer holds.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="read">Reads a successful answer; part of what is repeated.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async Task<T> CallAsync<T>(HttpCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var started = _options.TimeProvider.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            var failure = await TryAsync(call, read, attempt, cancellationToken).ConfigureAwait(false);
            if (failure.Failure is null) return failure.Value!;
            var wait = failure.Wait ?? RetryDelay.After(attempt);
            var budget = _reached ? _options.RetryFor : _options.FirstRetryFor ?? _options.RetryFor;
            if (!failure.CanRepeat || _options.TimeProvider.GetElapsedTime(started) + wait > budget) throw failure.Failure;
            call.WasRepeated = true;
            await Task.Delay(wait, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends once and hands over the answer's head; the caller reads and disposes it.</summary>
    /// <param name="call">The call.</param>
    /// <param name="cancellationToken">Stops the call and the answer's body.</param>
    public async Task<HttpResponseMessage> SendAsync(HttpCall call, CancellationToken cancellationToken)
    {
        using var request = CreateRequest(call);
        var response = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _reached = true;
        return response;
    }

    public void Dispose() => _invoker.Dispose();

    /// <summary>Names what a failed exchange means.</summary>
    /// <param name="error">What the HTTP stack threw; its own time limit shows as a cancellation.</param>
    public JobSystemException NotReachable(Exception error) => new(
        ClientErrorCodes.NotReachable,
        error is OperationCanceledException ? $"{ServerName} did not answer in time." : $"{ServerName} is not reachable: {Innermost(error)}",
        error);

    private static string Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error.Message;

    /// <summary>Whether the failure shows that the request was never sent.</summary>
    private static bool WasNotSent(Exception error) => error switch
    {
        HttpRequestException request => request.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        OperationCanceledException cancelled => cancelled.InnerException is TimeoutException, // the limit on connecting
        _ => false,
    };

    private async Task<Exchange<T>> TryAsync<T>(
        HttpCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, int attempt, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.AnswerTimeout + call.Hold, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        HttpResponseMessage? response = null;
        var keep = false;
        try
        {
            response = await SendAsync(call, either.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode || call.Accepts(response.StatusCode))
            {
                var value = await read(response, either.Token).ConfigureAwait(false);
                keep = call.KeepsAnswer;
                return new Exchange<T>(value, null, false, null);
            }

            var error = await Problems.ReadAsync(response, _options.TimeProvider.GetUtcNow(), either.Token).ConfigureAwait(false);
            if (error is RefusedException refusal) return Judge<T>(call, refusal, attempt);
            throw error;
        }
        catch (Exception error) when (error is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var notDone = WasNotSent(error);
            if (notDone || call.Repeat == Repeat.Always) return new Exchange<T>(default, NotReachable(error), true, null);
            return new Exchange<T>(default, Unknown(call, error), false, null);
        }
        finally
        {
            if (!keep) response?.Dispose();
        }
    }

    private Exchange<T> Judge<T>(HttpCall call, RefusedException refusal, int attempt)
    {
        if (Problems.IsForNow(refusal)) return new Exchange<T>(default, refusal, true, refusal.RetryAfter ?? RetryDelay.After(attempt));
        if (!Problems.IsLost(refusal)) return new Exchange<T>(default, refusal, false, null);
        if (call.Repeat == Repeat.Always) return new Exchange<T>(default, refusal, true, refusal.RetryAfter);
        return new Exchange<T>(default, Unknown(call, refusal), false, null);
    }

    private JobSystemException Unknown(HttpCall call, Exception error) => new(
        ErrorCodes.OutcomeUnknown,
        $"The connection to {ServerName} broke before the answer to {call.Method} {call.PathOnly}; whether it was done is not known. "
        + "A submit with an idempotency key can be repeated safely.",
        error);

    private HttpRequestMessage CreateRequest(HttpCall call)
    {
        var request = new HttpRequestMessage(call.Method, _address.Base + call.Path) { Content = call.Body?.ToContent() };
        if (_options.ApiKey is not null) request.Headers.TryAddWithoutValidation("X-Api-Key", _options.ApiKey);
        if (_login is not null) request.Headers.Authorization = _login;
        if (call.LastEventId is not null) request.Headers.TryAddWithoutValidation("Last-Event-ID", call.LastEventId);
        if (call.Accept is not null) request.Headers.TryAddWithoutValidation("Accept", call.Accept);
        return request;
    }

    private SocketsHttpHandler CreateHandler()
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = !_address.IsLocal,
            ConnectTimeout = _options.ConnectTimeout,
            // Below the idle limits of Kestrel (130 s) and of common proxies (60 s), so that a request seldom meets a connection being closed.
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = _address.IsLocal ? Timeout.InfiniteTimeSpan : TimeSpan.FromMinutes(5),
            ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        };
        if (_address.Socket is { } path) handler.ConnectCallback = (_, cancellationToken) => ConnectAsync(path, cancellationToken);
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private readonly record struct Exchange<T>(T? Value, JobSystemException? Failure, bool CanRepeat, TimeSpan? Wait);
}
