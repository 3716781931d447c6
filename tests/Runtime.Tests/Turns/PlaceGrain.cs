using Orleans;

namespace Molino.Runtime.Tests.Turns;

/// <summary>Tells where its code runs: true within a turn.</summary>
public sealed class PlaceGrain : Grain, IPlaceGrain
{
    private static bool IsInTurn => SynchronizationContext.Current is IActivationScope;

    public async Task<Dictionary<string, bool>> PlacesAsync()
    {
        var places = new Dictionary<string, bool> { ["start"] = IsInTurn };
        await Task.Yield();
        places["after Task.Yield"] = IsInTurn;
        places["inside Task.Run"] = await Task.Run(() => IsInTurn);
        places["after Task.Run"] = IsInTurn;
        places["after a nested method"] = await NestedAsync() && IsInTurn;
        await Task.Delay(1).ConfigureAwait(false);
        places["after ConfigureAwait(false)"] = IsInTurn;
        return places;
    }

    private static async Task<bool> NestedAsync()
    {
        await Task.Yield();
        return IsInTurn;
    }

    public Task PostFailureAsync()
    {
        SynchronizationContext.Current!.Post(_ => throw new FormatException("posted"), null);
        return Task.CompletedTask;
    }
}
