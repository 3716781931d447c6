using System.Runtime.CompilerServices;

namespace Molino.Runtime.Copying;

/// <summary>One copy under way: finds copiers, and gives a value that is met twice the same copy, so that cycles end.</summary>
public sealed class CopyContext
{
    private readonly CopierProvider _copiers;
    private Dictionary<object, object>? _copies;

    internal CopyContext(CopierProvider copiers, bool copiesImmutable)
    {
        _copiers = copiers;
        CopiesImmutable = copiesImmutable;
    }

    /// <summary>Gets a value indicating whether types declared immutable are copied as well, to find code that relies on sharing.</summary>
    public bool CopiesImmutable { get; }

    /// <summary>Copies a value.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="value">The value, or null.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">Nothing knows how to copy the type.</exception>
    public T Copy<T>(T value) => value is null ? value : _copiers.Get<T>().Copy(value, this);

    /// <summary>Copies a value by the type that it has, not the one it is declared with.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="Orleans.Serialization.CodecNotFoundException">Nothing knows how to copy the type.</exception>
    public T CopyByActualType<T>(T value)
        where T : notnull =>
        (T)_copiers.GetFor(value).CopyObject(value, this);

    /// <summary>Finds the copy made of a value before.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="original">The value.</param>
    /// <param name="copy">Its copy.</param>
    /// <returns>True when there is one.</returns>
    public bool TryGetCopy<T>(T original, out T copy)
        where T : class
    {
        if (_copies is not null && _copies.TryGetValue(original, out var found))
        {
            copy = Unsafe.As<T>(found);
            return true;
        }

        copy = original;
        return false;
    }

    /// <summary>Records a copy, before its parts are copied.</summary>
    /// <param name="original">The value.</param>
    /// <param name="copy">Its copy.</param>
    public void Record(object original, object copy) => (_copies ??= new(ReferenceEqualityComparer.Instance))[original] = copy;
}
