using System.Text;

namespace Molino.Conformance.Stores;

/// <summary>Parts of results, log lines and data.</summary>
public abstract class ContentConformance : StoreSuite
{
    [Fact]
    public async Task Chunks_OfTheAcceptedAttempt_StreamFromAnyItem()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        for (var i = 0; i < 5; i++) (await Content.PutChunkAsync(job.Id, job.Token, Chunk(i, 100), Stop)).ShouldBeTrue();
        await ApplyAsync(Succeed(job));
        var all = await ReadAsync(job, 0);
        all.Select(chunk => chunk.Index).ShouldBe([0, 1, 2, 3, 4]);
        all[3].Data.ToArray().ShouldBe(Chunk(3, 100).Data.ToArray());
        (await ReadAsync(job, 250)).Select(chunk => chunk.Index).ShouldBe([2, 3, 4]);
        (await ReadAsync(job, 300))[0].FirstItem.ShouldBe(300);
        await ReopenAsync();
        (await ReadAsync(job, 499)).ShouldHaveSingleItem().Items.ShouldBe(100);
    }

    [Fact]
    public async Task Chunks_RandomBytes_ComeBackAsTheyWere()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        var bytes = new byte[1_000_000];
        new Random(9).NextBytes(bytes);
        await Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(0, 0, bytes.Length, bytes), Stop);
        await Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(1, bytes.Length, 0, default), Stop);
        await ApplyAsync(Succeed(job));
        var read = await ReadAsync(job, 0);
        read[0].Data.ToArray().ShouldBe(bytes);
        read[1].Data.Length.ShouldBe(0);
    }

    [Fact]
    public async Task PutChunk_SameIndexAgain_Replaces()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        await Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(0, 0, 1, "old\n"u8.ToArray()), Stop);
        await Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(0, 0, 1, "new\n"u8.ToArray()), Stop);
        (await ReadAsync(job, 0)).ShouldHaveSingleItem().Data.ToArray().ShouldBe("new\n"u8.ToArray());
    }

    [Fact]
    public async Task Chunks_OfALostAttempt_AreRefusedAndRemoved()
    {
        await SubmitAsync();
        var lost = await LeaseOneAsync(silo: "silo-0/1");
        await Content.PutChunkAsync(lost.Id, lost.Token, Chunk(0, 10), Stop);
        await Jobs.RecoverAsync("silo-0/1", Stop);
        (await Content.PutChunkAsync(lost.Id, lost.Token, Chunk(1, 10), Stop)).ShouldBeFalse();
        await ReopenAsync();
        var job = await LeaseOneAsync();
        await Content.PutChunkAsync(job.Id, job.Token, Chunk(0, 10), Stop);
        await ApplyAsync(Succeed(job));
        (await ReadAsync(job, 0)).Count.ShouldBe(1);
        (await ReadAsync(lost, 0)).ShouldBeEmpty();
        (await Content.PutChunkAsync(job.Id, job.Token, Chunk(1, 10), Stop)).ShouldBeFalse();
    }

    [Fact]
    public async Task Chunks_OfAFailedJob_AreRemoved()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        await Content.PutChunkAsync(job.Id, job.Token, Chunk(0, 10), Stop);
        await ApplyAsync(FailForGood(job));
        (await ReadAsync(job, 0)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Log_Lines_AreReadAfterANumberUpToALimit()
    {
        var job = await SubmitAsync();
        await Content.AppendLogAsync(job.Id, [Line(1), Line(2), Line(3)], Stop);
        await Content.AppendLogAsync(job.Id, [Line(3), Line(4), Line(1L << 32)], Stop);
        var lines = await Content.ReadLogAsync(job.Id, 0, 100, Stop);
        lines.ShouldBe([Line(1), Line(2), Line(3), Line(4), Line(1L << 32)]);
        (await Content.ReadLogAsync(job.Id, 2, 2, Stop)).ShouldBe([Line(3), Line(4)]);
        (await Content.ReadLogAsync(Spec().Id, 0, 10, Stop)).ShouldBeEmpty();
        await Content.AppendLogAsync(Spec().Id, [Line(1)], Stop);
    }

    [Fact]
    public async Task Data_IsKeptPerKeyAndGuardedByTheLease()
    {
        await SubmitAsync();
        var job = await LeaseOneAsync();
        (await Content.GetDataAsync(job.Id, "a", Stop)).ShouldBeNull();
        (await Content.PutDataAsync(job.Id, job.Token, "a", "1"u8.ToArray(), Stop)).ShouldBeTrue();
        (await Content.PutDataAsync(job.Id, job.Token, "b", default, Stop)).ShouldBeTrue();
        (await Content.PutDataAsync(job.Id, job.Token, "a", "2"u8.ToArray(), Stop)).ShouldBeTrue();
        (await Content.PutDataAsync(job.Id, new LeaseToken(1, 1), "a", "3"u8.ToArray(), Stop)).ShouldBeFalse();
        await ReopenAsync();
        (await Content.GetDataAsync(job.Id, "a", Stop)).ShouldBe("2"u8.ToArray());
        (await Content.GetDataAsync(job.Id, "b", Stop)).ShouldNotBeNull().ShouldBeEmpty();
    }

    private LogLine Line(long number) => new(number, Now, 1, $"line {number} é");

    private static ResultChunk Chunk(int index, int items)
    {
        var text = string.Concat(Enumerable.Range(index * items, items).Select(item => $"{{\"row\":{item}}}\n"));
        return new ResultChunk(index, (long)index * items, items, Encoding.UTF8.GetBytes(text));
    }

    private async Task<List<ResultChunk>> ReadAsync(Job job, long fromItem)
    {
        var chunks = new List<ResultChunk>();
        await foreach (var chunk in Content.ReadChunksAsync(job.Id, job.Token.Epoch, fromItem, Stop)) chunks.Add(chunk);
        return chunks;
    }
}
