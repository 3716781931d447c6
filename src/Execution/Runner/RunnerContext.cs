using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Molino.Core;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Runner;

/// <summary>The job's context inside a child runner: everything is said to, and asked from, the silo.</summary>
internal sealed class RunnerContext(RunnerChannel channel, RunnerCallIds ids, StartHeader start) : IJobContext, IDisposable
{
    private readonly ConcurrentDictionary<uint, RunnerCall> _calls = new();
    private readonly CancellationTokenSource _stopping = new();
    private volatile StopReason _stopReason;

    public JobId JobId { get; } = JobId.TryParse(start.Job, out var id) ? id : throw new InvalidDataException($"'{start.Job}' is no job id.");

    public string Type => start.Type;

    public int Attempt => start.Attempt;

    public TimeLimits TimeLimits { get; } = new(TimeSpan.FromTicks(start.Hard), TimeSpan.FromTicks(start.Soft));

    public StopReason StopReason => _stopReason;

    /// <summary>The handler's token.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    public void Dispose() => _stopping.Dispose();

    public void Report(double? fraction, string? message = null, object? data = null)
    {
        var progress = HandlerProgress.Of(fraction, message, data);
        channel.Send(FrameKind.Progress, 0, new ProgressHeader(progress.Fraction, progress.Message), RunnerJson.Default.ProgressHeader, progress.Data.Span);
    }

    public void Log(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        channel.Send(FrameKind.Log, Encoding.UTF8.GetBytes(line));
    }

    public async Task<T> EffectOnceAsync<T>(string key, Func<CancellationToken, Task<T>> effect, CancellationToken cancellationToken)
    {
        async Task<byte[]> RunAsync() => JsonSerializer.SerializeToUtf8Bytes(await effect(cancellationToken).ConfigureAwait(false), JobJson.Options);

        var json = await CallAsync(new CallHeader(CallOperation.EffectOnce, key), default, RunAsync, cancellationToken).ConfigureAwait(false);
        return JsonSerializer.Deserialize<T>(json.Span, JobJson.Options)!;
    }

    public async Task<T?> LoadStateAsync<T>(string name, CancellationToken cancellationToken)
    {
        var json = await CallAsync(new CallHeader(CallOperation.LoadState, name), default, effect: null, cancellationToken).ConfigureAwait(false);
        return json.IsEmpty ? default : JsonSerializer.Deserialize<T>(json.Span, JobJson.Options);
    }

    public Task SaveStateAsync<T>(string name, T value, CancellationToken cancellationToken) => CallAsync(
        new CallHeader(CallOperation.SaveState, name), JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options), effect: null, cancellationToken);

    public Task AppendResultItemsAsync(ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken) =>
        CallAsync(new CallHeader(CallOperation.AppendItems, Count: count), items, effect: null, cancellationToken);

    public async Task<JobId> SubmitChildAsync(string type, object args, string key, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(args, JobJson.Options);
        var answer = await CallAsync(new CallHeader(CallOperation.SubmitChild, key, type), json, effect: null, cancellationToken).ConfigureAwait(false);
        var text = Encoding.ASCII.GetString(answer.Span);
        return JobId.TryParse(text, out var child) ? child : throw new InvalidDataException($"The silo answered '{text}', which is no job id.");
    }

    public Exception Snooze(TimeSpan delay) => new SnoozeException(delay);

    /// <summary>Cancels the handler's token.</summary>
    internal void Stop(StopReason reason)
    {
        _stopReason = reason;
        try
        {
            _stopping.Cancel();
        }
        catch (AggregateException error)
        {
            // Thrown by what the handler registered on its token: for the log, not for the thread that reads the pipe.
            Log($"A callback of the cancelled token failed: {error.GetBaseException().Message}");
        }
        catch (ObjectDisposedException)
        {
            // The handler has returned meanwhile.
        }
    }

    /// <summary>Takes the silo's answer, or its request to do an effect.</summary>
    internal void Take(in Frame frame)
    {
        if (!_calls.TryGetValue(frame.Call, out var call)) return;
        if (frame.Kind == FrameKind.RunEffect)
        {
            var id = frame.Call;
            _ = Task.Run(() => RunEffectAsync(id, call));
            return;
        }

        var answer = JsonSerializer.Deserialize(frame.Header.Span, RunnerJson.Default.AnswerHeader);
        if (answer?.Code is not { } code) call.Answer.TrySetResult(frame.Body);
        else if (code == AnswerHeader.EffectFailed && call.EffectError is { } error) call.Answer.TrySetException(error);
        else call.Answer.TrySetException(new JobSystemException(code, answer.Message ?? code));
    }

    private async Task RunEffectAsync(uint id, RunnerCall call)
    {
        try
        {
            var json = await call.Effect!().ConfigureAwait(false);
            channel.Send(FrameKind.EffectDone, id, new AnswerHeader(), RunnerJson.Default.AnswerHeader, json);
        }
        catch (Exception error)
        {
            call.EffectError = error;
            channel.Send(FrameKind.EffectDone, id, new AnswerHeader(AnswerHeader.EffectFailed), RunnerJson.Default.AnswerHeader);
        }
    }

    private async Task<ReadOnlyMemory<byte>> CallAsync(CallHeader header, ReadOnlyMemory<byte> body, Func<Task<byte[]>>? effect, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var id = ids.Next();
        var call = new RunnerCall(effect);
        _calls[id] = call;
        try
        {
            channel.Send(FrameKind.Call, id, header, RunnerJson.Default.CallHeader, body.Span);

            // An effect is waited for even when the token is cancelled: it has the token, and its outcome must not be lost.
            return await call.Answer.Task.WaitAsync(effect is null ? cancellationToken : CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _calls.TryRemove(id, out _);
        }
    }
}
