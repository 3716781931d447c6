namespace Molino.Api;

/// <summary>The JSON body that a call takes.</summary>
/// <param name="Type">The type that describes it.</param>
/// <param name="Example">An example, as JSON.</param>
/// <param name="Limit">The most bytes that are taken.</param>
/// <param name="Optional">Whether it may be left out.</param>
internal sealed record ApiBody(Type Type, string Example, int Limit = ApiBody.Small, bool Optional = false)
{
    /// <summary>The limit of a submit, and of every other call that is no batch: 4 MiB.</summary>
    public const int Small = 4 * 1024 * 1024;

    /// <summary>The limit of a batch: 32 MiB.</summary>
    public const int Batch = 32 * 1024 * 1024;

    /// <summary>How much of a body that is too large is read and thrown away, so that a client that writes before it reads sees the answer: 64 MiB.</summary>
    public const int Discarded = 64 * 1024 * 1024;
}
