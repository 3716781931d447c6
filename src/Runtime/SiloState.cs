namespace Molino.Runtime;

/// <summary>The life of a silo, in order.</summary>
internal enum SiloState
{
    /// <summary>Not started.</summary>
    Created,

    /// <summary>Takes calls.</summary>
    Running,

    /// <summary>Ends its activations and makes no new ones; calls to those that still live run.</summary>
    Stopping,

    /// <summary>Takes no calls.</summary>
    Stopped,
}
