using FsCheck;
using FsCheck.Fluent;
using Molino.Conformance.Stores;
using Molino.Storage.Packing;

namespace Molino.Storage.Sqlite.Tests.Packing;

/// <summary>The packed forms of jobs: what goes in comes out.</summary>
public sealed class JobPackerTests
{
    [Fact]
    public void AnyJob_PackedAndUnpacked_IsTheSame() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, int.MaxValue - 1)), (Action<int>)RoundTrip)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1UL, 3UL));

    [Theory]
    [InlineData(0, ErrorCodes.StoreCorrupt)]
    [InlineData(2, ErrorCodes.StoreTooNew)]
    [InlineData(200, ErrorCodes.StoreTooNew)]
    public void UnknownFormat_IsNamed(byte format, string code)
    {
        var job = RandomJobs.Make(1);
        var spec = new PackBuffer();
        JobSpecPacker.Pack(job.Spec, InlineNames.Instance, spec);
        var bytes = spec.Written.ToArray();
        bytes[0] = format;
        Should.Throw<StoreException>(() => JobSpecPacker.Unpack(job.Id, bytes, InlineNames.Instance)).Code.ShouldBe(code);
        var state = new PackBuffer();
        JobStatePacker.Pack(job, InlineNames.Instance, state);
        bytes = state.Written.ToArray();
        bytes[0] = format;
        Should.Throw<StoreException>(() => JobStatePacker.Unpack(job.Spec, 1, bytes, default, InlineNames.Instance)).Code.ShouldBe(code);
    }

    [Fact]
    public void CutShort_IsAlwaysANamedErrorNeverAnotherJob()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var job = RandomJobs.Make(seed);
            var buffer = new PackBuffer();
            JobStatePacker.Pack(job, InlineNames.Instance, buffer);
            var bytes = buffer.Written.ToArray();
            for (var length = 0; length < bytes.Length; length++)
            {
                var cut = bytes[..length];
                Should.Throw<StoreException>(() => JobStatePacker.Unpack(job.Spec, 1, cut, default, InlineNames.Instance)).Code.ShouldBe(ErrorCodes.StoreCorrupt);
            }
        }
    }

    [Fact]
    public void NoOp_IsSmall()
    {
        var spec = TestJobs.Spec();
        var buffer = new PackBuffer();
        JobSpecPacker.Pack(spec, InlineNames.Instance, buffer);
        buffer.Length.ShouldBeLessThan(32);
    }

    [Fact]
    public void ContentHash_IgnoresIdTimesAndKey_AndNothingElse()
    {
        var spec = RandomJobs.Make(7).Spec;
        var hash = JobContentHash.Of(spec);
        var other = TestJobs.Spec().Id;
        var same = spec with { Id = other, CreatedAt = other.CreatedAt.AddTicks(5), DueAt = null, ExpiresAt = DateTimeOffset.UnixEpoch, IdempotencyKey = "k" };
        JobContentHash.Of(same).ShouldBe(hash);
        JobContentHash.Of(spec with { Hold = !spec.Hold }).ShouldNotBe(hash);
        JobContentHash.Of(spec with { Args = new byte[] { 1, 2, 3 } }).ShouldNotBe(hash);
        JobContentHash.Of(spec with { MaxAttempts = spec.MaxAttempts + 1 }).ShouldNotBe(hash);
        JobContentHash.Of(spec with { TimeLimits = new TimeLimits(TimeSpan.FromDays(1), TimeSpan.FromHours(1)) }).ShouldNotBe(hash);
    }

    private static void RoundTrip(int seed)
    {
        var job = RandomJobs.Make(seed);
        var spec = new PackBuffer(1);
        var state = new PackBuffer(1);
        JobSpecPacker.Pack(job.Spec, InlineNames.Instance, spec);
        JobStatePacker.Pack(job, InlineNames.Instance, state);
        JobStatePacker.PeekStatus(state.Written).ShouldBe(job.Status);
        state.PadTo(state.Length + (seed % 50));
        var unpacked = JobStatePacker.Unpack(
            JobSpecPacker.Unpack(job.Id, spec.Written, InlineNames.Instance), job.Sequence, state.Written, job.Result?.Inline ?? default, InlineNames.Instance);
        JobText.Of(unpacked).ShouldBe(JobText.Of(job), $"seed {seed}");
    }
}
