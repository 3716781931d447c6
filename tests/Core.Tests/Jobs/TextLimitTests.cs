namespace Molino.Core.Tests.Jobs;

public sealed class TextLimitTests
{
    [Theory]
    [InlineData("12345678", "12345678")]
    [InlineData("123456789", "12345...")]
    [InlineData("1234\U0001F33E789", "1234...")]
    [InlineData("123\U0001F33E6789", "123\U0001F33E...")]
    public void Cut_ToEight_KeepsWholeCharactersAndMarksTheCut(string text, string cut) => TextLimit.Cut(text, 8).ShouldBe(cut);

    [Fact]
    public void Cut_NoRoomForMoreThanTheMark_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => TextLimit.Cut("12345", 3));
}
