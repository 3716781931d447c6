namespace Molino.Client.Tests;

/// <summary>A job of the test server: its view, its log, and the signal of its end.</summary>
public sealed class ServerJob
{
    public required JobView View { get; set; }

    public List<string> Log { get; } = [];

    public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
