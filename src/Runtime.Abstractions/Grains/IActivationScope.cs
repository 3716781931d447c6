namespace Molino.Runtime;

/// <summary>Implemented by the synchronization context of an activation: how code finds the activation it runs in.</summary>
internal interface IActivationScope
{
    /// <summary>Gets the activation.</summary>
    IActivation Activation { get; }
}
