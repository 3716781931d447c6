using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Molino.Core;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Processes;

/// <summary>An attempt while a child runner runs it: answers the child's calls from the job's context and waits for the end.</summary>
internal sealed class ChildAttempt(IAttempt attempt, ChildChannel channel) : IDisposable
{
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<JsonElement>> _effects = new();
    private readonly TaskCompletionSource<AttemptEnd> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _outputComplete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _over = new();
    private readonly string _outputMark = "\u001emolino:" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>The attempt's end as the child says it.</summary>
    internal Task<AttemptEnd> Ended => _ended.Task;

    /// <summary>Completes when all output that the job wrote before its end was read.</summary>
    internal Task OutputComplete => _outputComplete.Task;

    internal OutputTail Tail { get; } = new();

    public void Dispose()
    {
        _over.Cancel();
        foreach (var effect in _effects.Values) effect.TrySetException(new EffectNotDoneException());
        _over.Dispose();
    }

    internal Task<bool> SendStartAsync()
    {
        var spec = attempt.Job.Spec;
        var limits = attempt.Context.TimeLimits;
        var header = new StartHeader(spec.Id.ToString(), spec.Type, attempt.Context.Attempt, limits.Hard.Ticks, limits.Soft.Ticks, _outputMark);
        return channel.SendAsync(FrameKind.Start, 0, header, RunnerJson.Default.StartHeader, spec.Args);
    }

    internal Task<bool> SendStopAsync() =>
        channel.SendAsync(FrameKind.Stop, 0, new StopHeader(attempt.Context.StopReason), RunnerJson.Default.StopHeader);

    /// <summary>Takes a line that the child, or a process that it started, wrote.</summary>
    internal void TakeOutput(string line)
    {
        if (line.EndsWith(_outputMark, StringComparison.Ordinal))
        {
            if (line.Length > _outputMark.Length) AddLine(line[..^_outputMark.Length]);
            _outputComplete.TrySetResult();
            return;
        }

        AddLine(line);
    }

    /// <summary>Takes a frame of the child.</summary>
    /// <exception cref="InvalidDataException">The frame does not belong here.</exception>
    internal void Take(in Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Progress:
                TakeProgress(Header(frame, RunnerJson.Default.ProgressHeader), frame.Body.IsEmpty ? null : ParseBody(frame.Body));
                break;
            case FrameKind.Log:
                AddLine(Encoding.UTF8.GetString(frame.Body.Span));
                break;
            case FrameKind.Call:
                _ = ServeAsync(frame.Call, Header(frame, RunnerJson.Default.CallHeader), frame.Body);
                break;
            case FrameKind.EffectDone:
                if (_effects.TryRemove(frame.Call, out var effect))
                {
                    if (Header(frame, RunnerJson.Default.AnswerHeader).Code is null) effect.TrySetResult(ParseBody(frame.Body));
                    else effect.TrySetException(new EffectNotDoneException());
                }

                break;
            case FrameKind.End:
                _ended.TrySetResult(ToEnd(Header(frame, RunnerJson.Default.EndHeader), frame.Body));
                break;
            default:
                throw new InvalidDataException($"The child runner sent {frame.Kind} while it ran a job.");
        }
    }

    private static AttemptEnd ToEnd(EndHeader header, ReadOnlyMemory<byte> body) => header.Kind switch
    {
        EndKind.Returned => new AttemptEnd.Returned(body),
        EndKind.Failed => new AttemptEnd.Failed(new JobError(header.ErrorType ?? "Error", header.Message ?? "", header.Detail), header.Permanent),
        EndKind.Snoozed => new AttemptEnd.Snoozed(TimeSpan.FromTicks(header.Delay)),
        EndKind.Stopped => new AttemptEnd.Stopped(),
        _ => throw new InvalidDataException($"The child runner ended a job as {header.Kind}."),
    };

    private static T Header<T>(in Frame frame, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
    {
        try
        {
            return JsonSerializer.Deserialize(frame.Header.Span, type) ?? throw new InvalidDataException($"{frame.Kind} came without its header.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{frame.Kind} came with a header that cannot be read.", error);
        }
    }

    private static JsonElement ParseBody(ReadOnlyMemory<byte> json) => JsonSerializer.Deserialize<JsonElement>(json.Span, JobJson.Options);

    private void TakeProgress(ProgressHeader progress, JsonElement? data)
    {
        try
        {
            attempt.Context.Report(progress.Fraction, progress.Message, data);
        }
        catch (Exception error)
        {
            // For whoever reads the job's log: what the context refuses says nothing about the frames that follow.
            AddLine($"Progress was refused: {error.Message}");
        }
    }

    private void AddLine(string line)
    {
        Tail.Add(line);
        attempt.Context.Log(line);
    }

    private async Task ServeAsync(uint call, CallHeader header, ReadOnlyMemory<byte> body)
    {
        var answer = new AnswerHeader();
        ReadOnlyMemory<byte> value = default;
        try
        {
            // Off the reading loop: a context that blocks must not keep the child's end from being read.
            value = await Task.Run(() => CallAsync(call, header, body), _over.Token).ConfigureAwait(false);
        }
        catch (EffectNotDoneException)
        {
            answer = new AnswerHeader(AnswerHeader.EffectFailed);
        }
        catch (Exception error)
        {
            answer = new AnswerHeader((error as JobSystemException)?.Code ?? ErrorCodes.Failed, TextLimit.Cut(error.Message, JobError.MaxMessageLength));
        }

        await channel.SendAsync(FrameKind.Answer, call, answer, RunnerJson.Default.AnswerHeader, value).ConfigureAwait(false);
    }

    private async Task<ReadOnlyMemory<byte>> CallAsync(uint call, CallHeader header, ReadOnlyMemory<byte> body)
    {
        var context = attempt.Context;
        var name = header.Name ?? string.Empty;
        switch (header.Operation)
        {
            case CallOperation.EffectOnce:
                return ToJson(await context.EffectOnceAsync(name, cancellationToken => RunEffectAsync(call, cancellationToken), _over.Token).ConfigureAwait(false));
            case CallOperation.LoadState:
                var state = await context.LoadStateAsync<JsonElement>(name, _over.Token).ConfigureAwait(false);
                return state.ValueKind == JsonValueKind.Undefined ? default : ToJson(state);
            case CallOperation.SaveState:
                await context.SaveStateAsync(name, ParseBody(body), _over.Token).ConfigureAwait(false);
                return default;
            case CallOperation.AppendItems:
                await context.AppendResultItemsAsync(body, header.Count, _over.Token).ConfigureAwait(false);
                return default;
            case CallOperation.SubmitChild:
                var child = await context.SubmitChildAsync(header.Type ?? string.Empty, ParseBody(body), name, _over.Token).ConfigureAwait(false);
                return Encoding.ASCII.GetBytes(child.ToString());
            default:
                throw new JobSystemException(ErrorCodes.NotAvailable, $"A child runner called {header.Operation}, which this silo does not have.");
        }
    }

    private static ReadOnlyMemory<byte> ToJson(JsonElement value) => JsonSerializer.SerializeToUtf8Bytes(value, JobJson.Options);

    private async Task<JsonElement> RunEffectAsync(uint call, CancellationToken cancellationToken)
    {
        var done = _effects.GetOrAdd(call, static _ => new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously));
        await channel.SendAsync(FrameKind.RunEffect, call, new AnswerHeader(), RunnerJson.Default.AnswerHeader).ConfigureAwait(false);
        return await done.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
