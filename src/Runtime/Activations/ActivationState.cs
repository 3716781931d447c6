namespace Molino.Runtime.Activations;

/// <summary>The life of an activation, in order.</summary>
internal enum ActivationState : byte
{
    /// <summary>Known to the directory; nothing has run yet.</summary>
    Created,

    /// <summary>The grain is made, its state read, <c>OnActivateAsync</c> runs. Calls wait.</summary>
    Activating,

    /// <summary>Calls run.</summary>
    Active,

    /// <summary>Running calls end, then <c>OnDeactivateAsync</c> runs. Calls wait.</summary>
    Deactivating,

    /// <summary>Out of the directory. Calls that waited went to the next activation.</summary>
    Gone,
}
