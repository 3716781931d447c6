using Molino.Runtime.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Filters;

/// <summary>A call on its way through the filters of the caller.</summary>
/// <param name="request">The call.</param>
/// <param name="reference">The reference.</param>
/// <param name="filters">The filters.</param>
/// <param name="run">Sends the call and waits for its answer.</param>
internal sealed class OutgoingCall(GrainRequest request, GrainReference reference, IOutgoingGrainCallFilter[] filters, Func<Task<object?>> run)
    : FilteredCall(request, reference, run), IOutgoingGrainCallContext
{
    /// <inheritdoc/>
    public IGrainContext? SourceContext { get; } = IActivation.Current;

    /// <inheritdoc/>
    protected override bool TryFilter(int index, out Task filtering)
    {
        filtering = index < filters.Length ? filters[index].Invoke(this) : Task.CompletedTask;
        return index < filters.Length;
    }
}
