using System.Text.RegularExpressions;

namespace Molino.Architecture.Tests;

/// <summary>Rules of the house that no analyzer checks.</summary>
public sealed partial class HouseStyleTests
{
    private static readonly string[] VagueNames = ["Helpers", "Common", "Utils", "Misc"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests")]
    [InlineData("bench")]
    [InlineData("samples")]
    public void Files_StayBelowFourHundredLines(string folder)
    {
        foreach (var file in Repository.SourceFiles(folder))
            File.ReadLines(file).Count().ShouldBeLessThanOrEqualTo(400, Path.GetRelativePath(Repository.Root, file));
    }

    [Fact]
    public void Folders_NameFeatures()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories))
            VagueNames.ShouldNotContain(Path.GetFileName(folder), folder);
    }

    [Fact]
    public void Sources_HoldNoUnfinishedWork()
    {
        foreach (var file in Repository.SourceFiles("src").Concat(Repository.SourceFiles("samples")))
            Unfinished().IsMatch(File.ReadAllText(file)).ShouldBeFalse(Path.GetRelativePath(Repository.Root, file));
    }

    [Fact]
    public void Tests_AreNeverSkipped()
    {
        foreach (var file in Repository.SourceFiles("tests"))
            Skipped().IsMatch(File.ReadAllText(file)).ShouldBeFalse(Path.GetRelativePath(Repository.Root, file));
    }

    [GeneratedRegex(@"\b(TO" + @"DO|FIX" + @"ME|HACK|NotImplementedException)\b|#region", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"\bSkip\w*\s*=\s*""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Skipped();
}
