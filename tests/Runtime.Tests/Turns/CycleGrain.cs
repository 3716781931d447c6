using Molino.Runtime.Tests.Testing;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Turns;

/// <summary>Calls the grains named, one from the other.</summary>
public sealed class CycleGrain(Probe probe) : Grain, ICycleGrain
{
    public async Task<string> CallAroundAsync(string[] rest, bool allow)
    {
        var me = this.GetPrimaryKeyString();
        if (rest is [])
        {
            return me;
        }

        probe.Signal($"{me} calls {rest[0]}");
        var next = GrainFactory.GetGrain<ICycleGrain>(rest[0]);
        if (!allow)
        {
            return $"{me}>{await next.CallAroundAsync(rest[1..], allow: false)}";
        }

        using (RequestContext.AllowCallChainReentrancy())
        {
            return $"{me}>{await next.CallAroundAsync(rest[1..], allow: false)}";
        }
    }

    public async Task<string> CallAfterSectionAsync(string next)
    {
        using (RequestContext.AllowCallChainReentrancy())
        {
            await Task.Yield();
        }

        return await GrainFactory.GetGrain<ICycleGrain>(next).CallAroundAsync([this.GetPrimaryKeyString()], allow: false);
    }
}
