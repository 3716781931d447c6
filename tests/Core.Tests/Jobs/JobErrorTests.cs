namespace Molino.Core.Tests.Jobs;

public sealed class JobErrorTests
{
    [Fact]
    public void Bounded_PartsAtTheirLimits_AreKept()
    {
        var error = Error(JobError.MaxTypeLength, JobError.MaxMessageLength, JobError.MaxDetailLength);

        error.Bounded().ShouldBe(error);
        new JobError("T", "m").Bounded().Detail.ShouldBeNull();
    }

    [Fact]
    public void Bounded_PartsAboveTheirLimits_AreCutAndSaySo()
    {
        var error = Error(JobError.MaxTypeLength + 1, 5_000_000, 5_000_000).Bounded();

        error.Type.ShouldBe(new string('t', JobError.MaxTypeLength - 3) + "...");
        error.Message.ShouldBe(new string('m', JobError.MaxMessageLength - 3) + "...");
        error.Detail.ShouldBe(new string('d', JobError.MaxDetailLength - 3) + "...");
        error.Bounded().ShouldBe(error);
    }

    private static JobError Error(int type, int message, int detail) => new(new string('t', type), new string('m', message), new string('d', detail));
}
