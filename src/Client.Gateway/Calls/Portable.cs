namespace Molino.Client.Gateway;

/// <summary>Messages as every actor runtime can write them: lists as arrays, whatever list the caller made.</summary>
internal static class Portable
{
    public static JobSubmission Of(JobSubmission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return IsPlain(submission.Tags) && IsPlain(submission.Resources) && IsPlain(submission.DependsOn)
            ? submission
            : submission with { Tags = Array(submission.Tags), Resources = Array(submission.Resources), DependsOn = Array(submission.DependsOn) };
    }

    public static JobSubmission[] Of(IReadOnlyList<JobSubmission> submissions)
    {
        ArgumentNullException.ThrowIfNull(submissions);
        var all = new JobSubmission[submissions.Count];
        for (var i = 0; i < all.Length; i++) all[i] = Of(submissions[i]);
        return all;
    }

    private static bool IsPlain(IReadOnlyList<string>? list) => list is null or string[];

    private static string[]? Array(IReadOnlyList<string>? list) => list is null ? null : list as string[] ?? [.. list];
}
