namespace Molino.Core.Tests.Identifiers;

public sealed class NamesTests
{
    [Theory]
    [InlineData("default", true)]
    [InlineData("sql.query", true)]
    [InlineData("0-a_b.c", true)]
    [InlineData(null, false)]
    [InlineData("", false)]
    [InlineData(".hidden", false)]
    [InlineData("-x", false)]
    [InlineData("_x", false)]
    [InlineData("Upper", false)]
    [InlineData("a b", false)]
    [InlineData("ñandú", false)]
    [InlineData("a\n", false)]
    public void IsValid_FollowsTheRule(string? name, bool valid) => Names.IsValid(name).ShouldBe(valid);

    [Fact]
    public void IsValid_LengthLimit_Is100()
    {
        Names.IsValid(new string('a', 100)).ShouldBeTrue();
        Names.IsValid(new string('a', 101)).ShouldBeFalse();
    }
}
