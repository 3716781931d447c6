using Microsoft.Extensions.DependencyInjection;
using Molino.Client;
using Molino.Core;
using Molino.Jobs.BuiltIn;
using Molino.Storage;
using Molino.Testing;

namespace Molino.Hosting.Tests;

/// <summary>A result that retention removed is told to be gone, however it was kept.</summary>
public sealed class RemovedResultTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(10)]
    [InlineData(200_000)]
    public async Task Result_RemovedByRetention_IsGone(int length)
    {
        await using var host = await MolinoTestHost.StartAsync(molino => molino.AddJobTypes(BuiltInJobs.Types), cancellationToken: Stop);
        var text = new string('x', length);
        var job = await host.Client.SubmitAsync("echo", new { text });
        await using (var kept = await job.OpenResultAsync(TimeSpan.FromSeconds(30), Stop)) (await new StreamReader(kept.Content!).ReadToEndAsync(Stop)).ShouldContain(text);

        var upkeep = host.Services.GetRequiredService<IStoreUpkeep>();
        var none = new RetentionLimits { Results = TimeSpan.Zero };
        while (await upkeep.SweepAsync(none, Stop))
        {
        }

        (await Should.ThrowAsync<JobSystemException>(() => job.OpenResultAsync(cancellationToken: Stop))).Code.ShouldBe(ErrorCodes.Gone);
        if (length > JobResult.MaxInlineBytes) return;
        var items = host.Client.Transport.ReadResultItemsAsync(job.Id, 0, Stop).GetAsyncEnumerator(Stop);
        (await Should.ThrowAsync<JobSystemException>(() => items.MoveNextAsync().AsTask())).Code.ShouldBe(ErrorCodes.Gone);
    }
}
