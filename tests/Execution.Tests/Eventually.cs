namespace Molino.Execution.Tests;

/// <summary>Waits for what the system does in its own time, such as the end of a process that the test does not own.</summary>
internal static class Eventually
{
    internal static async Task HoldsAsync(Func<bool> condition, string what, int seconds = 20)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(seconds)) throw new TimeoutException($"Not within {seconds} s: {what}");
            await Task.Delay(10);
        }
    }
}
