using Orleans;

namespace Molino.Runtime.Tests.Turns;

public interface IPlaceGrain : IGrainWithStringKey
{
    Task<Dictionary<string, bool>> PlacesAsync();

    Task PostFailureAsync();
}
