using Orleans;

namespace Molino.Runtime.Filters;

/// <summary>Filters that are delegates.</summary>
/// <param name="incoming">The filter of calls that come in, or null.</param>
/// <param name="outgoing">The filter of calls that go out, or null.</param>
internal sealed class DelegateFilter(IncomingGrainCallFilterDelegate? incoming, OutgoingGrainCallFilterDelegate? outgoing) : IIncomingGrainCallFilter, IOutgoingGrainCallFilter
{
    /// <inheritdoc/>
    public Task Invoke(IIncomingGrainCallContext context) => incoming!(context);

    /// <inheritdoc/>
    public Task Invoke(IOutgoingGrainCallContext context) => outgoing!(context);
}
