using Molino.Conformance.Stores;
using Molino.Storage.Moving;
using Molino.Storage.Moving.Archive;

namespace Molino.Storage.Sqlite.Tests.Packing;

/// <summary>The archive of a store: what goes in comes out, and what is not whole is refused.</summary>
public sealed class ArchiveTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyJobs_ComeBackAsTheyWere_InBlocks()
    {
        var jobs = Enumerable.Range(1, 2000).Select(seed => RandomJobs.Make(seed)).ToList();
        var archive = await WriteAsync(jobs);
        var back = await ReadAsync(archive);
        back[0].ShouldBe(Head);
        back[^1].ShouldBe(new StoreItem.Tail(9));
        back.OfType<StoreItem.StoredJob>().Select(item => JobText.Of(item.Job)).ShouldBe(jobs.Select(JobText.Of));
    }

    [Fact]
    public async Task CutShortOrChanged_IsRefused()
    {
        var archive = await WriteAsync([.. Enumerable.Range(1, 2000).Select(seed => RandomJobs.Make(seed))]);
        var random = new Random(5);
        for (var i = 0; i < 60; i++)
        {
            var length = random.Next(archive.Length);
            (await Should.ThrowAsync<StoreException>(() => ReadAsync(archive[..length]))).Code.ShouldBe(ErrorCodes.ArchiveDamaged, $"cut at {length}");
            var changed = (byte[])archive.Clone();
            var place = random.Next(10, archive.Length);
            changed[place] ^= (byte)(1 << random.Next(8));
            (await Should.ThrowAsync<StoreException>(() => ReadAsync(changed))).Code.ShouldBe(ErrorCodes.ArchiveDamaged, $"changed at {place}");
        }
    }

    [Fact]
    public async Task NewerFormat_IsNamed()
    {
        var archive = await WriteAsync([]);
        archive[8] = 2;
        (await Should.ThrowAsync<StoreException>(() => ReadAsync(archive))).Code.ShouldBe(ErrorCodes.StoreTooNew);
    }

    private static StoreItem.Head Head => new("sqlite", "key", 3, 7, 9, 8, 1, At);

    private static async Task<byte[]> WriteAsync(List<Job> jobs)
    {
        using var output = new MemoryStream();
        IEnumerable<StoreItem> items = [Head, .. jobs.Select(job => new StoreItem.StoredJob(job, 5, null)), new StoreItem.Tail(9)];
        await StoreArchiveWriter.WriteAllAsync(items.ToAsyncEnumerable(), output, Stop);
        return output.ToArray();
    }

    private static async Task<List<StoreItem>> ReadAsync(byte[] archive)
    {
        using var input = new MemoryStream(archive);
        return await StoreArchiveReader.ReadAsync(input, Stop).ToListAsync(Stop);
    }
}
