using Molino.Core;
using Molino.Storage;

namespace Molino.Execution.Tests.Pools;

/// <summary>The bounds of an attempt's log.</summary>
public sealed class AttemptReportTests
{
    private readonly AttemptReport _report = new(attempt: 2, epoch: 3, TimeProvider.System);

    [Fact]
    public void Log_OfFewLines_KeepsAllNumberedByEpoch()
    {
        _report.Log("a");
        _report.Log("b");

        var lines = _report.Take(last: false).Lines;

        lines.Select(line => (line.Number, line.Attempt, line.Text)).ShouldBe([((3L << 32) + 1, 2, "a"), ((3L << 32) + 2, 2, "b")]);
        _report.IsDirty.ShouldBeFalse();
        _report.Take(last: true).Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Log_OfTooManyLines_KeepsTheFirstHalfAndTheNewest()
    {
        var lines = new List<LogLine>();
        for (var i = 1; i <= 25_000; i++)
        {
            _report.Log($"line {i}");
            if (i % 1000 == 0) lines.AddRange(_report.Take(last: false).Lines);
        }

        lines.AddRange(_report.Take(last: true).Lines);

        lines.Count.ShouldBe(10_001);
        lines[4999].Text.ShouldBe("line 5000");
        lines[5000].Text.ShouldBe("[15000 lines here were not kept]");
        lines[5001].Text.ShouldBe("line 20001");
        lines[^1].Text.ShouldBe("line 25000");
        lines.Select(line => line.Number).ShouldBeInOrder(SortDirection.Ascending);
        lines.Select(line => line.Number).Distinct().Count().ShouldBe(lines.Count);
    }

    [Fact]
    public void Log_OfLongLines_IsCutAndBoundedInBytes()
    {
        for (var i = 0; i < 500; i++) _report.Log(new string('x', 20_000));

        var lines = _report.Take(last: true).Lines;

        lines.ShouldAllBe(line => line.Text.Length <= 8 * 1024);
        lines.Sum(line => line.Text.Length).ShouldBeLessThanOrEqualTo((1024 * 1024) + 100);
    }

    [Fact]
    public void Progress_ReportedTwice_KeepsTheNewest()
    {
        _report.Report(new JobProgress(0.1, "one", default));
        _report.Report(new JobProgress(0.2, "two", default));

        _report.Take(last: false).Progress!.Message.ShouldBe("two");
        _report.Take(last: false).Progress.ShouldBeNull();
    }
}
