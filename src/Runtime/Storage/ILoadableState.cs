namespace Molino.Runtime.Storage;

/// <summary>A state that is read before its grain activates.</summary>
internal interface ILoadableState
{
    /// <summary>Reads the state.</summary>
    /// <param name="cancellationToken">Cancelled when activation takes too long.</param>
    /// <returns>A task.</returns>
    Task LoadAsync(CancellationToken cancellationToken);
}
