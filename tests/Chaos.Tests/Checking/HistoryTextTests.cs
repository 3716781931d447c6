namespace Molino.Chaos.Tests.Checking;

public sealed class HistoryTextTests
{
    [Fact]
    public void Violation_IsShownWithItsJobAndTheFaultsAroundItAlone()
    {
        var story = new Story().Good(1, "other").Fault(2, 4, FaultKind.Kill, 3).Submit(60, "a").Fault(61, 70, FaultKind.Kill, 1).Last("a", null);

        var text = HistoryText.Show(story.History, story.Check().Single());

        text.ShouldStartWith("P1 broken: a was acknowledged and is lost");
        text.ShouldContain("silo 1 acknowledges key-a as a");
        text.ShouldContain("begins: #2");
        text.ShouldNotContain("begins: #1");
        text.ShouldNotContain("other");
    }

    [Fact]
    public async Task History_IsWrittenWhole()
    {
        var path = Path.GetTempFileName();
        var history = new Story().Good(1, "a").Fault(2, 4, FaultKind.Kill, 3).History;

        await HistoryText.WriteAsync(history, path);

        (await File.ReadAllLinesAsync(path)).Length.ShouldBe(history.Entries.Count);
        File.Delete(path);
    }
}
