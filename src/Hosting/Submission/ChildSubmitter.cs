using Molino.Client;
using Molino.Core;
using Molino.Execution;

namespace Molino.Hosting;

/// <summary>Submits children through the same door as everybody; the idempotency key makes them once per parent and key.</summary>
internal sealed class ChildSubmitter(Lazy<LocalTransport> transport) : IChildSubmitter
{
    public async Task<JobId> SubmitAsync(JobId parent, string type, ReadOnlyMemory<byte> args, string key, CancellationToken cancellationToken)
    {
        var submission = new JobSubmission { Type = type, Args = new RawJson(args), IdempotencyKey = $"{parent}/{key}", Tags = [$"parent:{parent}"] };
        var answer = await transport.Value.SubmitAsync(submission, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return answer.Job.Id;
    }
}
