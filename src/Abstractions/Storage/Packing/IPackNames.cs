namespace Molino.Storage.Packing;

/// <summary>Gives short codes to names that repeat: job types, queues, silos, pools.</summary>
public interface IPackNames
{
    /// <summary>The code of a name, above 0, made at first use; 0 when the name is to be written out.</summary>
    /// <param name="name">The name.</param>
    int CodeOf(string name);

    /// <summary>The name of a code.</summary>
    /// <param name="code">A code that <see cref="CodeOf"/> gave, above 0.</param>
    /// <exception cref="StoreException"><see cref="Molino.Core.ErrorCodes.StoreCorrupt"/>: the code was never given.</exception>
    string NameOf(int code);
}
