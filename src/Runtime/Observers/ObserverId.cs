using Orleans.Runtime;

namespace Molino.Runtime.Observers;

/// <summary>
/// Identities of observers: the grain type <c>sys.observer</c>, and keys <c>s/silo/id</c> for objects in a silo and <c>c/client/id</c>
/// for objects in a client. They are for one process: they end with it.
/// </summary>
/// <param name="IsInClient">Whether the object is in a client.</param>
/// <param name="Host">The silo's name or the client's id.</param>
/// <param name="Id">The number of the object there.</param>
internal readonly record struct ObserverId(bool IsInClient, string Host, string Id)
{
    /// <summary>Gets the grain type of observers.</summary>
    public static GrainType GrainType { get; } = GrainType.Create("sys.observer");

    /// <summary>Reads a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The identity.</returns>
    /// <exception cref="ArgumentException">It is no observer's key.</exception>
    public static ObserverId Parse(IdSpan key)
    {
        var text = key.ToString();
        var last = text.LastIndexOf('/');
        return last > 2 && text[1] == '/' && text[0] is 's' or 'c'
            ? new ObserverId(text[0] == 'c', text[2..last], text[(last + 1)..])
            : throw new ArgumentException($"'{text}' is no observer.", nameof(key));
    }

    /// <summary>Returns the key.</summary>
    /// <returns>The key.</returns>
    public IdSpan ToKey() => IdSpan.Create($"{(IsInClient ? 'c' : 's')}/{Host}/{Id}");
}
