namespace Molino.Hosting.Tests;

/// <summary>What a machine knows of its store.</summary>
public sealed class KnownStoreTests
{
    [Fact]
    public void Key_OfAFile_IsKnownForThatClusterPrefixAndAddressOnly()
    {
        var folder = Directory.CreateTempSubdirectory("molino-known-").FullName;
        var file = KnownStore.FileOf(folder, "molino", "mill", "10.0.0.1:6379");
        File.WriteAllText(file, "abc\n");

        new KnownStore("molino", file).Key.ShouldBe("abc");
        foreach (var other in (string[])[KnownStore.FileOf(folder, "other", "mill", "10.0.0.1:6379"), KnownStore.FileOf(folder, "molino", "x", "10.0.0.1:6379"), KnownStore.FileOf(folder, "molino", "mill", "10.0.0.2:6379")])
            new KnownStore("molino", other).Key.ShouldBeNull();
        File.WriteAllText(file, " \n");
        new KnownStore("molino", file).Key.ShouldBeNull(); // an empty file knows nothing
        Directory.Delete(folder, recursive: true);
    }
}
