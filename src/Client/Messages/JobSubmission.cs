using Orleans;

namespace Molino.Client;

/// <summary>A submit, as in <c>POST /api/jobs</c>. What is null is the job type's default.</summary>
[GenerateSerializer, Immutable, Alias("client.submission.v1")]
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
    [Id(0)]
    public string? Type { get; init; }

    /// <summary>The arguments; absent stands for <c>{}</c>.</summary>
    [Id(1)]
    public RawJson Args { get; init; }

    /// <summary>Resources held while running; not built yet: a non-empty list is refused with <c>not_available</c>.</summary>
    [Id(2)]
    public IReadOnlyList<string>? Resources { get; init; }

    /// <summary>Jobs that must finish first; not built yet: a non-empty list is refused with <c>not_available</c>.</summary>
    [Id(3)]
    public IReadOnlyList<string>? DependsOn { get; init; }
}
