using Molino.Core;
using Molino.Testing;

namespace WordCount.Tests;

/// <summary>How a team tests its handlers: a whole silo inside the test, no server, no mock.</summary>
public sealed class CountWordsTests
{
    [Fact]
    public async Task CountWords_SomeText_CountsAndLogs()
    {
        await using var molino = await MolinoTestHost.StartAsync(m => m.AddJob<CountWords>());

        var job = await molino.Client.SubmitAsync(new CountWordsArgs("the mill, THE mill and the miller"));
        var totals = await job.ResultAsync<WordTotals>(TimeSpan.FromSeconds(20));

        totals.ShouldBe(new WordTotals(7, 5, "miller"));
        (await job.StatusAsync()).ShouldBe(JobStatus.Succeeded);
    }

    [Fact]
    public async Task CountWords_ArgumentsOfAnotherShape_AreRefusedBeforeAnythingIsStored()
    {
        await using var molino = await MolinoTestHost.StartAsync(m => m.AddJob<CountWords>());

        var error = await Should.ThrowAsync<JobValidationException>(() => molino.Client.SubmitAsync("words.count", new { txt = "wrong" }));

        error.Code.ShouldBe(ErrorCodes.InvalidJob);
        error.Errors.Keys.ShouldContain(field => field.StartsWith("args", StringComparison.Ordinal));
    }
}
