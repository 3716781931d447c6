using System.Text;
using Molino.Core;

namespace Molino.Execution.Tests.Host;

/// <summary>An attempt as tests make it.</summary>
public sealed class HostAttempt : IAttempt, IDisposable
{
    private static readonly HostTypes Types = new();
    private static long _made;

    private readonly CancellationTokenSource _stopping = new();

    public HostAttempt(string type, string args = "{}", JobType? jobType = null, int attempt = 1)
    {
        var now = TimeProvider.System.GetUtcNow();
        var spec = new JobSpec
        {
            Id = JobId.Create(now, (ulong)Interlocked.Increment(ref _made)),
            Type = type,
            Args = Encoding.UTF8.GetBytes(args),
            Queue = "default",
            CreatedAt = now,
        };
        Job = new Job { Spec = spec, Queue = spec.Queue };
        Type = jobType ?? (Types.TryGet(type, out var known) ? known : JobType.Create<Molino.Jobs.BuiltIn.NoopArgs, object?>(type, new JobTypeOptions(), static _ => throw new NotSupportedException()));
        Recorded = new RecordingContext(spec, attempt);
    }

    public Job Job { get; }

    public JobType Type { get; }

    public RecordingContext Recorded { get; }

    public IJobContext Context => Recorded;

    public CancellationToken Stopping => _stopping.Token;

    public ValueTask<bool> MayStartAsync() => new(true);

    public void Stop(StopReason reason)
    {
        Recorded.StopReason = reason;
        _stopping.Cancel();
    }

    public void Dispose() => _stopping.Dispose();
}
