using Microsoft.AspNetCore.Http;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>Submits: one job, or many.</summary>
/// <param name="transport">Takes the jobs.</param>
internal sealed class SubmitCalls(IMolinoTransport transport)
{
    private const int MostTogether = 1000;
    private const int MostEach = 10_000;

    /// <summary>Adds the calls.</summary>
    /// <param name="calls">Where to.</param>
    public void Map(CallMap calls)
    {
        calls.Add("POST", "/api/jobs", SubmitDescriptions.One, SubmitAsync);
        calls.Add("POST", "/api/jobs/batch", SubmitDescriptions.Batch, SubmitBatchAsync);
    }

    /// <summary>Answers a submit: 200 for a known key and for a job that has ended, 202 otherwise.</summary>
    /// <param name="context">The request.</param>
    /// <param name="answer">What became of it.</param>
    public static Task AnswerAsync(HttpContext context, SubmitAnswer answer)
    {
        context.Response.Headers.Location = $"{context.Request.PathBase}/api/jobs/{answer.Job.Id}";
        if (answer.Duplicate) context.Response.Headers[HttpTransport.DuplicateHeader] = "true"; // 200 alone would not tell it from a job that has ended
        var status = answer.Duplicate || answer.Job.IsTerminal ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        return JsonAnswer.WriteAsync(context, status, answer.Job, JobViewWriter.Write);
    }

    private async Task SubmitAsync(HttpContext context, CallQuery query)
    {
        var wait = query.Wait();
        var submission = await RequestBody.ReadAsync(context, query.Call, static body => SubmissionReader.ReadOne(body));
        await AnswerAsync(context, await transport.SubmitAsync(submission, wait, context.RequestAborted));
    }

    private async Task SubmitBatchAsync(HttpContext context, CallQuery query)
    {
        if (query.Flag("atomic", absent: true))
        {
            var batch = await RequestBody.ReadAsync(context, query.Call, static body => SubmissionReader.ReadBatch(body, MostTogether));
            batch.ThrowIfAny();
            var ids = await transport.SubmitBatchAsync(batch.Submissions, context.RequestAborted);
            await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, ids, BatchAnswerWriter.WriteIds);
            return;
        }

        var items = await RequestBody.ReadAsync(context, query.Call, static body => SubmissionReader.ReadBatch(body, MostEach));
        var accepted = items.Submissions.Count == 0 ? [] : await transport.SubmitEachAsync(items.Submissions, context.RequestAborted);
        await JsonAnswer.WriteAsync(context, StatusCodes.Status202Accepted, Merge(items, accepted), BatchAnswerWriter.WriteItems);
    }

    /// <summary>Puts the answers of the transport and those of the reader in the batch's order.</summary>
    private static IReadOnlyList<BatchItemAnswer> Merge(SubmissionBatch batch, IReadOnlyList<BatchItemAnswer> accepted)
    {
        if (accepted.Count == batch.Count) return accepted;
        var answers = new List<BatchItemAnswer>(batch.Count);
        var next = 0;
        for (var i = 0; i < batch.Count; i++) answers.Add(batch.ErrorsOf(i) is { } errors ? Refusal(errors) : accepted[next++]);
        return answers;
    }

    private static BatchItemAnswer Refusal(FieldErrors errors)
    {
        var error = new JobValidationException(errors.Code(ErrorCodes.InvalidJob), errors.Messages);
        return new BatchItemAnswer(null, null, new BatchItemError(error.Code, error.Message, error.Errors));
    }
}
