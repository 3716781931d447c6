using Orleans.Runtime;

namespace Orleans;

/// <summary>A call as filters see it.</summary>
public interface IGrainCallContext
{
    /// <summary>Gets the grain object at the callee, and the reference at the caller.</summary>
    object Grain { get; }

    /// <summary>Gets the full name of the interface.</summary>
    string InterfaceName { get; }

    /// <summary>Gets the name of the method.</summary>
    string MethodName { get; }

    /// <summary>Gets the grain called.</summary>
    GrainId TargetId { get; }

    /// <summary>Gets or sets the result; null before the call has run, and for methods without one.</summary>
    object? Result { get; set; }

    /// <summary>Runs the filters behind this one, and then the call.</summary>
    /// <returns>A task that fails with the error of the call.</returns>
    Task Invoke();
}
