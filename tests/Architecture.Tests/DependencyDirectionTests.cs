namespace Molino.Architecture.Tests;

/// <summary>Which room may know which (design section 2, decision 0005).</summary>
public sealed class DependencyDirectionTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Runtime.Abstractions"] = [],
        ["Runtime.Generators"] = [],
        ["Core"] = ["Runtime.Abstractions"],
        ["Abstractions"] = ["Core", "Runtime.Abstractions"],
        ["Runtime"] = ["Runtime.Abstractions"],
        ["Grains"] = ["Abstractions"],
        ["Execution"] = ["Abstractions"],
        ["Storage/Moving"] = ["Abstractions", "Storage/Redis", "Storage/Sqlite"],
        ["Storage/Redis"] = ["Abstractions"],
        ["Storage/Sqlite"] = ["Abstractions"],
        ["Jobs/BuiltIn"] = ["Abstractions"],
        ["Jobs/SqlLab"] = ["Abstractions"],
        ["Client"] = ["Abstractions"],
        ["Client.Gateway"] = ["Client", "Runtime"],
        ["Hosting"] = ["Abstractions", "Client", "Execution", "Grains", "Runtime", "Storage/Redis", "Storage/Sqlite"],
        ["Testing"] = ["Client", "Hosting"],
        ["Api"] = ["Client", "Jobs/SqlLab"],
        ["Cli"] = ["Client", "Storage/Moving"],
        ["Silo"] = ["Api", "Execution", "Hosting", "Jobs/BuiltIn", "Jobs/SqlLab"],
    };

    [Fact]
    public void Rooms_AreAllKnown() => Repository.Rooms.Keys.Order(StringComparer.Ordinal).ShouldBe(Allowed.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void References_FollowTheArrows()
    {
        foreach (var (room, references) in Repository.Rooms)
        {
            foreach (var reference in references) Allowed[room].ShouldContain(reference, $"src/{room} references src/{reference}");
        }
    }

    /// <summary>What runs the grains is exchanged at build time (decision 0012): only its own folder knows it, and no test but its own.</summary>
    [Theory]
    [InlineData("Molino.Runtime", "src/Runtime", "src/Hosting/Runtimes/Embedded/", "src/Client.Gateway/Runtimes/Embedded/", "tests/Runtime.", "bench/Runtime.Benchmarks/")]
    [InlineData("StackExchange.Redis;", "src/Hosting/Runtimes/Orleans/")]
    [InlineData("Orleans.Dashboard", "src/Silo/Hosting/")]
    public void ActorRuntimes_AreNamedInTheirOwnFolders(string name, params string[] folders)
    {
        foreach (var file in ((string[])["src", "tests", "bench", "samples"]).SelectMany(Repository.SourceFiles))
        {
            var path = Path.GetRelativePath(Repository.Root, file);
            if (path.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal) || folders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal))) continue;
            File.ReadAllText(file).ShouldNotContain(name, Case.Sensitive, path);
        }
    }

    [Fact]
    public void Core_UsesOnlyAttributesOfTheActorApi()
    {
        foreach (var file in Repository.SourceFiles("src/Core"))
        {
            var text = File.ReadAllText(file);
            text.ShouldNotContain("Orleans.Runtime", Case.Sensitive, file);
            text.ShouldNotContain("IGrain", Case.Sensitive, file);
            text.ShouldNotContain("TimeProvider", Case.Sensitive, file);
            text.ShouldNotContain("System.IO", Case.Sensitive, file);
        }
    }
}
