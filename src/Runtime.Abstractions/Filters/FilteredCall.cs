using Molino.Runtime.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Filters;

/// <summary>A call on its way through filters.</summary>
/// <param name="request">The call.</param>
/// <param name="grain">The grain object or the reference.</param>
/// <param name="run">Runs the call itself.</param>
internal abstract class FilteredCall(GrainRequest request, object grain, Func<Task<object?>> run) : IGrainCallContext
{
    private int _next;

    /// <inheritdoc/>
    public object Grain => grain;

    /// <inheritdoc/>
    public string InterfaceName => request.Method.InterfaceName;

    /// <inheritdoc/>
    public string MethodName => request.Method.MethodName;

    /// <inheritdoc/>
    public GrainId TargetId => request.Target?.GrainId ?? default;

    /// <inheritdoc/>
    public object? Result { get; set; }

    /// <inheritdoc/>
    public async Task Invoke()
    {
        if (TryFilter(_next++, out var filtering))
        {
            await filtering;
        }
        else
        {
            Result = await run();
        }
    }

    /// <summary>Runs a filter.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="filtering">Its task.</param>
    /// <returns>False behind the last one.</returns>
    protected abstract bool TryFilter(int index, out Task filtering);
}
