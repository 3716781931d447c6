using System.Security.Cryptography;
using System.Text;
using Molino.Client;
using Molino.Core;
using Molino.Execution;

namespace Molino.Hosting;

/// <summary>Submits children through the same door as everybody; the idempotency key makes them once per parent and key.</summary>
internal sealed class ChildSubmitter(LocalSubmits submits) : IChildSubmitter
{
    public async Task<JobId> SubmitAsync(JobId parent, string type, ReadOnlyMemory<byte> args, string key, CancellationToken cancellationToken)
    {
        var submission = new JobSubmission { Type = type, Args = new RawJson(args), IdempotencyKey = KeyOf(parent, key), Tags = [$"parent:{parent}"] };
        var answer = await submits.SubmitAsync(submission, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        return answer.Job.Id;
    }

    /// <summary>The child's key within its parent; one that is too long together with the parent's id is hashed.</summary>
    private static string KeyOf(JobId parent, string key)
    {
        var whole = $"{parent}/{key}";
        return whole.Length <= JobSpecFactory.MaxKeyLength ? whole : $"{parent}/sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}";
    }
}
