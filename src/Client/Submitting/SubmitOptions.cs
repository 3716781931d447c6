namespace Molino.Client;

/// <summary>What a submit may say besides type and arguments; what is null is the job type's default.</summary>
public sealed record SubmitOptions : SubmitSettings
{
    /// <summary>Joins the options with what is to be run.</summary>
    /// <param name="type">The job type.</param>
    /// <param name="args">Its arguments; empty stands for <c>{}</c>.</param>
    public JobSubmission ToSubmission(string type, RawJson args) => new(this) { Type = type, Args = args };
}
