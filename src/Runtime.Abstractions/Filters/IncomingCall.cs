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
    protected override bool TryFilter(int index, out Task filtering)
    {
        var own = index == filters.Length ? Grain as IIncomingGrainCallFilter : null;
        filtering = index < filters.Length ? filters[index].Invoke(this) : own?.Invoke(this) ?? Task.CompletedTask;
        return index < filters.Length || own is not null;
    }
}
