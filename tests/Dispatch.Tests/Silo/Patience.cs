namespace Molino.Dispatch.Tests;

/// <summary>Waits for what the silo does in its own time: never longer than the limit, never for a fixed time.</summary>
internal static class Patience
{
    /// <summary>Far more than anything takes, also on a busy machine.</summary>
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Limit) throw new TimeoutException($"Not within {Limit.TotalSeconds} s: {what}");
            await Task.Delay(5);
        }
    }
}
