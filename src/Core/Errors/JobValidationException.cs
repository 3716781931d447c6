using Orleans;

namespace Molino.Core;

/// <summary>Input that was refused before anything was stored, with what is wrong per field.</summary>
[GenerateSerializer, Alias("error.validation.v1")]
public sealed class JobValidationException : JobSystemException
{
    /// <summary>Creates a refusal.</summary>
    /// <param name="code"><see cref="ErrorCodes.InvalidJob"/>, <see cref="ErrorCodes.InvalidRequest"/> or <see cref="ErrorCodes.NotAvailable"/>.</param>
    /// <param name="errors">What is wrong, by field path (camelCase, as in the JSON).</param>
    public JobValidationException(string code, IReadOnlyDictionary<string, string[]> errors)
        : base(code, string.Join(' ', errors.SelectMany(field => field.Value)))
        => Errors = errors;

    /// <summary>Creates a refusal of one field.</summary>
    /// <param name="code">As in the other constructor.</param>
    /// <param name="field">The field's path.</param>
    /// <param name="message">What is wrong with it.</param>
    public JobValidationException(string code, string field, string message)
        : this(code, new Dictionary<string, string[]>(StringComparer.Ordinal) { [field] = [message] })
    {
    }

    /// <summary>What is wrong, by field path.</summary>
    [Id(0)]
    public IReadOnlyDictionary<string, string[]> Errors { get; }
}
