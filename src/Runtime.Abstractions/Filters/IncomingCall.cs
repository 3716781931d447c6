using Molino.Runtime.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Filters;

/// <summary>A call on its way through the filters of the callee: those of the silo, then the grain's own.</summary>
/// <param name="request">The call.</param>
/// <param name="grain">The grain object.</param>
/// <param name="context">The activation.</param>
/// <param name="filters">The filters of the silo.</param>
/// <param name="run">Runs the call itself.</param>
internal sealed class IncomingCall(GrainRequest request, object grain, IGrainContext context, IIncomingGrainCallFilter[] filters, Func<Task<object?>> run)
    : FilteredCall(request, grain, run), IIncomingGrainCallContext
{
    /// <inheritdoc/>
    public IGrainContext TargetContext => context;

    /// <inheritdoc/>
    protected override Task? Filter(int index) =>
        index < filters.Length ? filters[index].Invoke(this)
        : index == filters.Length && Grain is IIncomingGrainCallFilter own ? own.Invoke(this)
        : null;
}
