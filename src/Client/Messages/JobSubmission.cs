namespace Molino.Client;

/// <summary>A submit, as in <c>POST /api/jobs</c>. What is null is the job type's default.</summary>
public sealed record JobSubmission : SubmitSettings
{
    /// <summary>Makes a submit to be filled in.</summary>
    public JobSubmission()
    {
    }

    internal JobSubmission(SubmitSettings settings)
        : base(settings)
    {
    }

    /// <summary>The job type.</summary>
    public string? Type { get; init; }

    /// <summary>The arguments; absent stands for <c>{}</c>.</summary>
    public RawJson Args { get; init; }

    /// <summary>Resources held while running; not built yet: a non-empty list is refused with <c>not_available</c>.</summary>
    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>Jobs that must finish first; not built yet: a non-empty list is refused with <c>not_available</c>.</summary>
    public IReadOnlyList<string>? DependsOn { get; init; }
}
