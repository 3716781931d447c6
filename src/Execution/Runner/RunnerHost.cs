using System.Text;
using System.Text.Json;
using Molino.Core;
using Molino.Execution.Inline;
using Molino.Execution.Processes.Protocol;

namespace Molino.Execution.Runner;

/// <summary>Runs one job after the other for the silo at the other end of the pipe.</summary>
internal sealed class RunnerHost(RunnerChannel channel, IJobTypeRegistry types, IServiceProvider services)
{
    private readonly RunnerCallIds _ids = new();
    private readonly Stream _errorOutput = Console.OpenStandardError();
    private volatile RunnerContext? _running;

    /// <summary>Serves the silo until it closes its end. Blocks the calling thread, which must not be one of the pool: handlers may use up the pool.</summary>
    internal void Run()
    {
        channel.Send(FrameKind.Hello, 0, new HelloHeader(FrameCodec.Version, Environment.ProcessId), RunnerJson.Default.HelloHeader);
        while (channel.Read() is { } frame) Take(frame);

        // The silo closed its end or died. With a job running there is nobody left to report to; nothing of it may go on.
        if (_running is not null) RunnerProcess.EndWithTree();
        RunnerProcess.EndDescendants();
    }

    private void Take(in Frame frame)
    {
        switch (frame.Kind)
        {
            case FrameKind.Start:
                var start = JsonSerializer.Deserialize(frame.Header.Span, RunnerJson.Default.StartHeader) ?? throw new InvalidDataException("A job came without its header.");
                var context = new RunnerContext(channel, _ids, start);
                var args = frame.Body;
                _running = context;
                _ = Task.Run(() => RunAsync(context, start, args));
                break;
            case FrameKind.Stop:
                var reason = JsonSerializer.Deserialize(frame.Header.Span, RunnerJson.Default.StopHeader)?.Reason ?? StopReason.CancelRequested;
                if (_running is { } stopped) _ = Task.Run(() => stopped.Stop(reason));
                break;
            case FrameKind.Answer or FrameKind.RunEffect:
                _running?.Take(frame);
                break;
            default:
                throw new InvalidDataException($"The silo sent {frame.Kind}.");
        }
    }

    private async Task RunAsync(RunnerContext context, StartHeader start, ReadOnlyMemory<byte> args)
    {
        try
        {
            var end = await CallHandlerAsync(context, start, args).ConfigureAwait(false);
            RunnerProcess.EndDescendants();
            WriteOutputMark(start.OutputMark);
            _running = null;
            SendEnd(end);
            context.Dispose();
        }
        catch (Exception error)
        {
            EndUntold(error);
        }
    }

    /// <summary>A silo that hears of no end waits until the hard limit; the end of this process is one that it notices. Does not return.</summary>
    private void EndUntold(Exception error)
    {
        try
        {
            _errorOutput.Write(Encoding.UTF8.GetBytes($"The end of the job could not be told: {error}\n"));
        }
        finally
        {
            RunnerProcess.EndWithTree();
        }
    }

    private async Task<AttemptEnd> CallHandlerAsync(RunnerContext context, StartHeader start, ReadOnlyMemory<byte> args)
    {
        if (!types.TryGet(start.Type, out var type))
        {
            return new AttemptEnd.Failed(new JobError("UnknownType", $"The child runner has no handler for '{start.Type}'."), Permanent: false);
        }

        var scope = new LazyScope(services);
        var end = await HandlerCall.RunAsync(type, scope, args, context, context.Stopping).ConfigureAwait(false);
        try
        {
            await scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            context.Log($"A service of the job's scope could not be disposed of: {error.Message}");
        }

        return end is AttemptEnd.Returned { Json.Length: > FrameCodec.MaxBody } large
            ? new AttemptEnd.Failed(new JobError("ResultTooLarge", $"The result has {large.Json.Length} bytes; {FrameCodec.MaxBody} are possible. Append large results in parts."), Permanent: true)
            : end;
    }

    private void WriteOutputMark(string mark)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        _errorOutput.Write(Encoding.UTF8.GetBytes(mark + "\n"));
    }

    private void SendEnd(AttemptEnd end)
    {
        var (header, body) = end switch
        {
            AttemptEnd.Returned returned => (new EndHeader(EndKind.Returned), returned.Json),
            AttemptEnd.Failed failed => (new EndHeader(EndKind.Failed, failed.Error.Type, failed.Error.Message, failed.Error.Detail, failed.Permanent), default),
            AttemptEnd.Snoozed snoozed => (new EndHeader(EndKind.Snoozed, Delay: snoozed.Delay.Ticks), default),
            _ => (new EndHeader(EndKind.Stopped), default(ReadOnlyMemory<byte>)),
        };
        channel.Send(FrameKind.End, 0, header, RunnerJson.Default.EndHeader, body.Span);
    }
}
