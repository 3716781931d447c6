using Molino.Core;

namespace Molino.Api;

/// <summary>What is wrong with a request, by field.</summary>
internal sealed class FieldErrors
{
    /// <summary>The name under which errors of the whole body, or of a whole item, stand.</summary>
    public const string Whole = "body";

    /// <summary>More are not collected.</summary>
    private const int Most = 100;

    private Dictionary<string, string[]>? _messages;
    private bool _invalid;

    /// <summary>Whether something is wrong.</summary>
    public bool Any => _messages is not null;

    /// <summary>The messages, by field.</summary>
    public IReadOnlyDictionary<string, string[]> Messages => _messages ?? new Dictionary<string, string[]>(StringComparer.Ordinal);

    /// <summary>Adds what is wrong with a field.</summary>
    /// <param name="field">Its path.</param>
    /// <param name="message">A sentence.</param>
    public void Add(string field, string message)
    {
        _invalid = true;
        Put(field, message);
    }

    /// <summary>Adds a field of the contract that this version does not have.</summary>
    /// <param name="field">Its path.</param>
    public void AddNotAvailable(string field) => Put(field, "This version does not have it yet; leave it out.");

    /// <summary>The code: <c>not_available</c> when nothing else is wrong.</summary>
    /// <param name="invalidCode">The code otherwise.</param>
    public string Code(string invalidCode) => _invalid ? invalidCode : ErrorCodes.NotAvailable;

    /// <summary>Throws when something is wrong.</summary>
    /// <param name="invalidCode">The code for bad input.</param>
    /// <exception cref="JobValidationException">Something is wrong.</exception>
    public void ThrowIfAny(string invalidCode)
    {
        if (Any) throw new JobValidationException(Code(invalidCode), Messages);
    }

    private void Put(string field, string message)
    {
        _messages ??= new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (_messages.TryGetValue(field, out var known)) _messages[field] = [.. known, message];
        else if (_messages.Count < Most) _messages[field] = [message];
    }
}
