using System.Net;
using System.Runtime.CompilerServices;
using Molino.Core;
using Molino.Storage;

namespace Molino.Client;

/// <summary>Opens results: small ones came with the job, others are streamed.</summary>
internal sealed class HttpResults(HttpChannel channel, MolinoClientOptions options)
{
    private const string Json = "application/json";
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Opens the result of a job that was just read.</summary>
    /// <param name="job">The job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    public async Task<JobResultContent> OpenAsync(JobView job, CancellationToken cancellationToken)
    {
        if (job.Status != JobStatus.Succeeded) return new JobResultContent(job, null, null);
        if (job.Result is { IsEmpty: false } result) return new JobResultContent(job, Json, new MemoryStream(result.Utf8.ToArray(), writable: false));
        var call = new HttpCall(HttpMethod.Get, $"/api/jobs/{job.Id}/result", Repeat.Always) { KeepsAnswer = true };
        return await channel.CallAsync(call, OpenBodyAsync, cancellationToken).ConfigureAwait(false);

        async Task<JobResultContent> OpenBodyAsync(HttpResponseMessage response, CancellationToken stop)
        {
            if (response.StatusCode == HttpStatusCode.Accepted)
            {
                response.Dispose(); // sent back to its queue since it was read
                return new JobResultContent(job, null, null);
            }

            var content = await OpenStreamAsync(response, stop).ConfigureAwait(false);
            return new JobResultContent(job, response.Content.Headers.ContentType?.ToString() ?? Json, content);
        }
    }

    /// <summary>Streams appended items, resuming by number where the connection broke.</summary>
    /// <param name="id">The job.</param>
    /// <param name="fromItem">The first line wanted, from 0.</param>
    /// <param name="cancellationToken">Stops the stream.</param>
    public async IAsyncEnumerable<ResultChunk> ReadItemsAsync(JobId id, long fromItem, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var index = 0;
        for (var broken = 0; ; broken++)
        {
            var path = new Query($"/api/jobs/{id}/result/items").Add("from", fromItem).ToString();
            if (await OpenItemsAsync(path, cancellationToken).ConfigureAwait(false) is not { } stream) yield break;
            await using var _ = stream.ConfigureAwait(false);
            var lines = new LineReader(stream, ChunkBytes);
            JobSystemException? failure = null;
            while (failure is null)
            {
                (var data, failure) = await ReadAsync(lines, cancellationToken).ConfigureAwait(false);
                if (failure is not null) continue;
                if (data.IsEmpty) yield break;
                var count = data.Span.Count((byte)'\n');
                yield return new ResultChunk(index++, fromItem, count, data);
                fromItem += count;
                broken = 0;
            }

            var wait = RetryDelay.After(broken);
            if (failure.Code != ClientErrorCodes.NotReachable || wait * (broken + 1) > options.RetryFor) throw failure;
            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<(ReadOnlyMemory<byte> Data, JobSystemException? Failure)> ReadAsync(LineReader lines, CancellationToken cancellationToken)
    {
        try
        {
            return (await lines.ReadAsync(cancellationToken).ConfigureAwait(false), null);
        }
        catch (JobSystemException error)
        {
            return (default, error);
        }
    }

    /// <summary>Opens a job's items; null for a job that is live, or did not succeed.</summary>
    private async Task<Stream?> OpenItemsAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await channel.CallAsync(new HttpCall(HttpMethod.Get, path, Repeat.Always) { KeepsAnswer = true }, OpenAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (JobSystemException error) when (error.Code is ErrorCodes.Failed or ErrorCodes.Cancelled)
        {
            return null;
        }

        async Task<Stream?> OpenAsync(HttpResponseMessage response, CancellationToken stop)
        {
            if (response.StatusCode != HttpStatusCode.Accepted) return await OpenStreamAsync(response, stop).ConfigureAwait(false);
            response.Dispose(); // its body is the job
            return null;
        }
    }

    private async Task<Stream> OpenStreamAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new AnswerStream(response, body, channel, options.AnswerTimeout, options.TimeProvider);
    }
}
