namespace Molino.Storage;

/// <summary>What an operator does about a store that is not the one known (<c>store_replaced</c>).</summary>
public interface IStoreReplacement
{
    /// <summary>
    /// Takes the store that is there for ours, from now on: another one, or an empty one in which a new identity is made. Its generation is above all that were
    /// known, so cursors of the old store answer reset. Jobs of the old store are not in it. Does nothing while the store is the one known.
    /// </summary>
    void Accept();
}
