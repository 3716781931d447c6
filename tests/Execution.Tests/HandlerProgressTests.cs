using System.Text;
using Molino.Core;

namespace Molino.Execution.Tests;

public sealed class HandlerProgressTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData(-1.0, 0.0)]
    [InlineData(0.25, 0.25)]
    [InlineData(7.0, 1.0)]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void Fraction_is_between_0_and_1_or_unknown(double? given, double? stored) =>
        HandlerProgress.Of(given, null, null).ShouldBe(new JobProgress(stored));

    [Fact]
    public void Message_is_too_long_it_is_cut_and_says_so()
    {
        var whole = new string('m', JobProgress.MaxMessageLength);
        HandlerProgress.Of(null, whole, null).Message.ShouldBe(whole);
        HandlerProgress.Of(null, whole + "m", null).Message.ShouldBe(whole[3..] + "...");
    }

    [Fact]
    public void Data_is_too_large_it_is_refused()
    {
        var largest = new string('d', JobProgress.MaxDataBytes - 2);
        Encoding.UTF8.GetString(HandlerProgress.Of(null, null, largest).Data.Span).ShouldBe($"\"{largest}\"");
        Should.Throw<ArgumentException>(() => HandlerProgress.Of(null, null, largest + "d")).ParamName.ShouldBe("data");
    }
}
