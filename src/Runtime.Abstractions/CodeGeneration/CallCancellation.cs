namespace Molino.Runtime.CodeGeneration;

/// <summary>Links the caller's token to one of the callee's own, so that callbacks of the callee run on its turns.</summary>
internal sealed class CallCancellation : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private CancellationTokenRegistration _registration;

    /// <summary>Gets the callee's token.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Watches the caller's token.</summary>
    /// <param name="callback">Runs when it is cancelled.</param>
    /// <param name="state">Handed to the callback.</param>
    /// <param name="callerToken">The token.</param>
    public void Watch(Action<object?, CancellationToken> callback, object state, CancellationToken callerToken) =>
        _registration = callerToken.UnsafeRegister(callback, state);

    /// <summary>Cancels the callee's token; to be called on its turn.</summary>
    public void Cancel() => _source.Cancel();

    /// <summary>Cancels the token of a callee that has no turns, on another thread: the one that brings the news must not wait for callbacks.</summary>
    public void CancelElsewhere() => _ = _source.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _registration.Unregister();
}
