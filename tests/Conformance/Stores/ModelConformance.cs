using FsCheck;
using FsCheck.Fluent;

namespace Molino.Conformance.Stores;

/// <summary>Random calls against a store and a model in memory built on <see cref="JobTransitions"/>: both must say the same after each.</summary>
public abstract class ModelConformance : StoreSuite
{
    [Fact]
    public void RandomCalls_StoreAndModel_Agree()
    {
        var calls = Gen.Choose(0, int.MaxValue - 1).ArrayOf(80);
        var property = Prop.ForAll(Arb.From(calls, Shrink), (Action<int[]>)(steps => RunAsync(steps).GetAwaiter().GetResult()));
        property.Check(Config.QuickThrowOnFailure.WithMaxTest(30).WithReplay(20260301UL, 77UL));
    }

    private static IEnumerable<int[]> Shrink(int[] steps)
    {
        for (var size = steps.Length / 2; size > 0; size /= 2)
        {
            for (var from = 0; from + size <= steps.Length; from += size) yield return [.. steps[..from], .. steps[(from + size)..]];
        }
    }

    private async Task RunAsync(int[] steps)
    {
        await using var harness = CreateHarness();
        var run = new ModelRun(harness);
        await run.OpenAsync();
        foreach (var step in steps) await run.StepAsync(step);
        await run.CompareAsync();
    }
}
