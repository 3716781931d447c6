using Molino.Core;

namespace Molino.Client;

/// <summary>Cuts a large submit into batches that a server takes.</summary>
internal static class BatchSubmit
{
    private const int MaxJobs = 1000;
    private const long MaxBytes = 24 << 20; // of 32 MiB: leaves room for the fields around the arguments
    private const int BytesAroundArgs = 1024;

    /// <summary>Submits batch after batch.</summary>
    /// <param name="transport">Where to.</param>
    /// <param name="submissions">The jobs.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <returns>The ids, in order.</returns>
    public static async Task<List<JobId>> RunAsync(IMolinoTransport transport, IReadOnlyList<JobSubmission> submissions, CancellationToken cancellationToken)
    {
        var ids = new List<JobId>(submissions.Count);
        while (ids.Count < submissions.Count)
        {
            var batch = Next(submissions, ids.Count);
            try
            {
                ids.AddRange(await transport.SubmitBatchAsync(batch, cancellationToken).ConfigureAwait(false));
            }
            catch (JobSystemException cause) when (ids.Count > 0)
            {
                throw new PartialSubmitException(ids, cause);
            }
        }

        return ids;
    }

    private static IReadOnlyList<JobSubmission> Next(IReadOnlyList<JobSubmission> submissions, int start)
    {
        var count = 0;
        long bytes = 0;
        while (start + count < submissions.Count && count < MaxJobs)
        {
            bytes += submissions[start + count].Args.Utf8.Length + BytesAroundArgs;
            if (bytes > MaxBytes && count > 0) break;
            count++;
        }

        if (count == submissions.Count) return submissions;
        var batch = new JobSubmission[count];
        for (var i = 0; i < count; i++) batch[i] = submissions[start + i];
        return batch;
    }
}
