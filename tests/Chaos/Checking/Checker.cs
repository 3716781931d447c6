namespace Molino.Chaos;

/// <summary>Checks all promises.</summary>
internal static class Checker
{
    private static readonly IPromise[] Promises =
        [new NothingIsLost(), new OneOutcome(), new NoNeedlessRepeat(), new FastRecovery(), new OrderInQueue(), new HealsByItself()];

    /// <summary>All violations, by promise.</summary>
    public static IReadOnlyList<Violation> Check(History history) => [.. Promises.SelectMany(promise => promise.Check(history))];
}
