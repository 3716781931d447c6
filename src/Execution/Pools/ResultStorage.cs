using Molino.Core;
using Molino.Storage;

namespace Molino.Execution;

/// <summary>Puts a handler's result where it belongs: with the job when small, apart in chunks when not.</summary>
internal static class ResultStorage
{
    /// <summary>The largest result, in bytes.</summary>
    public const int MaxBytes = 64 * 1024 * 1024;

    private const int ChunkBytes = 1024 * 1024;

    /// <summary>Stores the parts of a large result and describes it.</summary>
    /// <exception cref="PermanentJobException">The result is above the limit, or large beside appended items.</exception>
    /// <exception cref="JobSystemException">The lease is gone.</exception>
    public static async ValueTask<JobResult> StoreAsync(IJobContentStore content, RunningAttempt attempt, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (json.Length <= JobResult.MaxInlineBytes) return new JobResult(JobResult.Json, json, json.Length, attempt.Chunks);
        if (json.Length > MaxBytes)
            throw new PermanentJobException("ResultTooLarge", $"The result has {json.Length:N0} bytes; the limit is {MaxBytes:N0}.");
        if (attempt.Chunks > 0)
            throw new PermanentJobException("ResultTooLarge", $"Beside appended items a result is limited to {JobResult.MaxInlineBytes:N0} bytes.");
        var index = 0;
        for (var at = 0; at < json.Length; at += ChunkBytes)
        {
            var part = json.Slice(at, Math.Min(ChunkBytes, json.Length - at));
            if (!await content.PutChunkAsync(attempt.JobId, attempt.Job.Token, new ResultChunk(index++, at, part.Length, part), cancellationToken))
                throw new JobSystemException(ErrorCodes.IllegalTransition, $"Job {attempt.JobId}: the lease of this attempt is gone.");
        }

        return new JobResult(JobResult.Json, default, json.Length, index, Apart: true);
    }
}
