namespace Molino.Core.Tests.Routing;

public sealed class RouteTableTests
{
    private static readonly RouteTable Table = new(
    [
        new Route("generate_*", "content_generation"),
        new Route("*", "default"),
        new Route("generate_chapter", "high_priority"),
        new Route("*_report*", "reports"),
    ]);

    [Theory]
    [InlineData("generate_introduction", "content_generation")]
    [InlineData("generate_chapter", "high_priority")]
    [InlineData("a_report_b_report", "reports")]
    [InlineData("noop", "default")]
    public void QueueFor_TheMostLiteralPatternWins(string type, string queue) => Table.QueueFor(type).ShouldBe(queue);

    [Fact]
    public void QueueFor_NothingMatches_IsNull() => new RouteTable([new Route("a*b", "q")]).QueueFor("abc").ShouldBeNull();

    [Fact]
    public void QueueFor_ManyStars_IsLinear() =>
        new RouteTable([new Route(string.Concat(Enumerable.Repeat("*a", 40)) + "b", "q")]).QueueFor(new string('a', 100)).ShouldBeNull();

    [Theory]
    [InlineData("", "q")]
    [InlineData("a", "Bad Queue")]
    public void Constructor_BadRoute_Throws(string pattern, string queue) =>
        Should.Throw<ArgumentException>(() => new RouteTable([new Route(pattern, queue)]));
}
