namespace Molino.Storage.Moving;

/// <summary>What an import left out of a stream that was read while its store went on.</summary>
/// <param name="Events">Events later than the state in which their job was read.</param>
/// <param name="Keys">Keys of removed jobs whose job was read before it was removed.</param>
public readonly record struct ImportLeftOut(long Events, long Keys);
