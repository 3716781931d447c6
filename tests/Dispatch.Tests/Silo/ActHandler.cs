namespace Molino.Dispatch.Tests;

/// <summary>Plays what the test has put on the stage.</summary>
public sealed class ActHandler(Stage stage) : IJobHandler<ActArgs, string?>
{
    public Task<string?> RunAsync(ActArgs args, IJobContext context, CancellationToken cancellationToken) =>
        stage.PlayAsync(args.Name, context, cancellationToken);
}
