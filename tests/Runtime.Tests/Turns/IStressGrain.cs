using Orleans;

namespace Molino.Runtime.Tests.Turns;

public interface IStressGrain : IGrainWithStringKey
{
    Task WorkAsync(int awaits);

    Task<(int Calls, int Overlaps)> ReportAsync();
}
