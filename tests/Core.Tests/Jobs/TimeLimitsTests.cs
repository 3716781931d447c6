namespace Molino.Core.Tests.Jobs;

public sealed class TimeLimitsTests
{
    [Theory]
    [InlineData(null, null, 300, 240)]
    [InlineData(100.0, null, 100, 80)]
    [InlineData(null, 100.0, 300, 100)]
    [InlineData(null, 500.0, 500, 500)]
    [InlineData(100.0, 50.0, 100, 50)]
    public void From_WhatIsMissing_FollowsTheDefaults(double? hard, double? soft, double expectedHard, double expectedSoft)
    {
        var limits = TimeLimits.From(Span(hard), Span(soft), TimeLimits.Default);

        limits.ShouldBe(new TimeLimits(TimeSpan.FromSeconds(expectedHard), TimeSpan.FromSeconds(expectedSoft)));
    }

    private static TimeSpan? Span(double? seconds) => seconds is { } s ? TimeSpan.FromSeconds(s) : null;
}
