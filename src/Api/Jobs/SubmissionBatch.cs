using System.Globalization;
using Molino.Client;
using Molino.Core;

namespace Molino.Api;

/// <summary>The jobs of a batch as they were read: each is a submission, or what is wrong with it.</summary>
internal sealed class SubmissionBatch
{
    private readonly List<JobSubmission> _submissions = [];
    private Dictionary<int, FieldErrors>? _errors;

    /// <summary>The number of items, wrong ones included.</summary>
    public int Count { get; private set; }

    /// <summary>The items that can be submitted, in order.</summary>
    public IReadOnlyList<JobSubmission> Submissions => _submissions;

    /// <summary>Adds the next item.</summary>
    /// <param name="submission">The job; null when it is none.</param>
    /// <param name="errors">What is wrong with it; null for nothing.</param>
    public void Add(JobSubmission? submission, FieldErrors? errors)
    {
        if (errors is not null) (_errors ??= [])[Count] = errors;
        else if (submission is not null) _submissions.Add(submission);
        Count++;
    }

    /// <summary>What is wrong with an item.</summary>
    /// <param name="index">Its place, from 0.</param>
    /// <returns>Null when it is among <see cref="Submissions"/>.</returns>
    public FieldErrors? ErrorsOf(int index) => _errors?.GetValueOrDefault(index);

    /// <summary>Throws when an item is wrong, naming up to 100.</summary>
    /// <exception cref="JobValidationException">An item is wrong.</exception>
    public void ThrowIfAny()
    {
        if (_errors is null) return;
        var all = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var (index, errors) in _errors.OrderBy(entry => entry.Key).Take(100))
            foreach (var (field, messages) in errors.Messages) all[PathOf(index, field)] = messages;
        var code = _errors.Values.Select(errors => errors.Code(ErrorCodes.InvalidJob)).Contains(ErrorCodes.InvalidJob, StringComparer.Ordinal)
            ? ErrorCodes.InvalidJob
            : ErrorCodes.NotAvailable;
        throw new JobValidationException(code, all);
    }

    private static string PathOf(int index, string field) => field == FieldErrors.Whole
        ? string.Create(CultureInfo.InvariantCulture, $"[{index}]")
        : string.Create(CultureInfo.InvariantCulture, $"[{index}].{field}");
}
