using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Molino.Storage;
using Molino.Testing;

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

    [Fact]
    public async Task Key_ThatCannotBeKept_IsKnownOnceItCan()
    {
        await using var host = await MolinoTestHost.StartAsync(molino => molino.AddJob<CountHandler>(), cancellationToken: TestContext.Current.CancellationToken);
        var store = host.Services.GetRequiredService<IJobStore>();
        var folder = Directory.CreateTempSubdirectory("molino-known-").FullName;
        var inTheWay = Path.Combine(folder, "data");
        await File.WriteAllTextAsync(inTheWay, "a file where the folder should be", TestContext.Current.CancellationToken);
        var known = new KnownStore("molino", Path.Combine(inTheWay, "store.key"));

        known.TryRemember(store, NullLogger.Instance);
        known.Key.ShouldBeNull();

        File.Delete(inTheWay);
        known.TryRemember(store, NullLogger.Instance);
        known.Key.ShouldBe(store.Identity.Key);
        Directory.Delete(folder, recursive: true);
    }
}
