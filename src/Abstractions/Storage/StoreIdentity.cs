namespace Molino.Storage;

/// <summary>Which store this is, so that another or an emptied one is never taken for it.</summary>
/// <param name="Key">Random text made when the store was created.</param>
/// <param name="Generation">Raised when contents may have been lost; event cursors carry it.</param>
/// <param name="SchemaVersion">The layout's version.</param>
public sealed record StoreIdentity(string Key, int Generation, int SchemaVersion);
