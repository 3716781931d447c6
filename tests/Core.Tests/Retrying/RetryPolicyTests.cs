using FsCheck;
using FsCheck.Fluent;

namespace Molino.Core.Tests.Retrying;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Plain = RetryPolicy.Default with { Jitter = false };

    [Theory]
    [InlineData(1, 60)]
    [InlineData(2, 120)]
    [InlineData(3, 240)]
    [InlineData(4, 480)]
    [InlineData(5, 600)]
    [InlineData(1000, 600)]
    public void WaitAfter_Defaults_DoubleUpToTheCap(int attempt, int seconds) => Plain.WaitAfter(attempt).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void AfterFailure_FullJitter_IsFromZeroToTheWait() =>
        Prop.ForAll(Gen.Choose(0, 999_999).Select(n => n / 1_000_000.0).ToArbitrary(), Gen.Choose(1, 3).ToArbitrary(), (jitter, attempt) =>
        {
            var retry = RetryPolicy.AfterFailure(RetryPolicy.Default, 4, attempt, Samples.Now, jitter).RetryAt!.Value - Samples.Now;
            retry.ShouldBeInRange(TimeSpan.Zero, RetryPolicy.Default.WaitAfter(attempt));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public void AfterFailure_Defaults_AllowThreeRetries(int attempt, bool final) =>
        (RetryPolicy.AfterFailure(Plain, RetryPolicy.DefaultMaxAttempts, attempt, Samples.Now, 0).RetryAt is null).ShouldBe(final);

    [Fact]
    public void AfterFailure_AttemptBelowOne_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => RetryPolicy.AfterFailure(Plain, 4, 0, Samples.Now, 0));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.0)]
    public void AfterFailure_JitterOutOfRange_Throws(double jitter) =>
        Should.Throw<ArgumentOutOfRangeException>(() => RetryPolicy.AfterFailure(Plain, 4, 1, Samples.Now, jitter));

    [Theory]
    [InlineData(-1, 2, 10, "retry.first")]
    [InlineData(1, 0.5, 10, "retry.factor")]
    [InlineData(1, double.NaN, 10, "retry.factor")]
    [InlineData(20, 2, 10, "retry.max")]
    public void Validate_BadPolicy_NamesTheField(double first, double factor, double max, string field) =>
        new RetryPolicy(TimeSpan.FromSeconds(first), factor, TimeSpan.FromSeconds(max), true).Validate()!.ShouldStartWith(field);

    [Fact]
    public void Validate_Defaults_AreFine() => RetryPolicy.Default.Validate().ShouldBeNull();
}
