using FsCheck;
using FsCheck.Fluent;

namespace Molino.Core.Tests.Identifiers;

public sealed class JobIdTests
{
    [Fact]
    public void Text_RoundTrips() => Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), random =>
    {
        var id = JobId.Create(Samples.Now, random);
        JobId.TryParse(id.ToString(), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(id);
        parsed.CreatedAt.ShouldBe(Samples.Now);
        Span<byte> bytes = stackalloc byte[JobId.ByteLength];
        id.WriteBytes(bytes);
        JobId.FromBytes(bytes).ShouldBe(id);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Text_IsPinned() => JobId.Create(Samples.Now, 0x0123456789ABCDEF).ToString().ShouldBe(Pinned);

    [Fact]
    public void TryParse_OneCharacterChanged_IsRefused()
    {
        var text = JobId.Create(Samples.Now, 0x0123456789ABCDEF).ToString();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == '7' ? '5' : '7';
            JobId.TryParse(new string(changed), out _).ShouldBeFalse($"position {i}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData("0123456789012345678901234!")]
    [InlineData("00000000000000000000000000000000")]
    public void TryParse_AnotherForm_IsRefused(string? text) => JobId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Text_LaterIds_SortLater()
    {
        var earlier = JobId.Create(Samples.Now, ulong.MaxValue).ToString();
        var later = JobId.Create(Samples.Now.AddMilliseconds(1), 0).ToString();

        string.CompareOrdinal(earlier, later).ShouldBeLessThan(0);
    }

    private const string Pinned = "01kg9h1s0004hmasw9nf6yzrwf";
}
