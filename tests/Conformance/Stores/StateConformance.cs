namespace Molino.Conformance.Stores;

/// <summary>Grain state with etags.</summary>
public abstract class StateConformance : StoreSuite
{
    [Fact]
    public async Task Write_ThenRead_GivesBytesAndEtagAlsoAfterReopen()
    {
        (await State.ReadAsync("queue", "mail", "state", Stop)).ShouldBeNull();
        var etag = await State.WriteAsync("queue", "mail", "state", "one"u8.ToArray(), null, Stop);
        etag.ShouldNotBeNull();
        await ReopenAsync();
        var read = (await State.ReadAsync("queue", "mail", "state", Stop)).ShouldNotBeNull();
        read.Bytes.ToArray().ShouldBe("one"u8.ToArray());
        read.Etag.ShouldBe(etag);
    }

    [Fact]
    public async Task Write_WithAnotherEtag_IsRefused()
    {
        var first = await State.WriteAsync("t", "i", "n", "1"u8.ToArray(), null, Stop);
        (await State.WriteAsync("t", "i", "n", "x"u8.ToArray(), null, Stop)).ShouldBeNull();
        var second = (await State.WriteAsync("t", "i", "n", "2"u8.ToArray(), first, Stop)).ShouldNotBeNull();
        second.ShouldNotBe(first);
        (await State.WriteAsync("t", "i", "n", "x"u8.ToArray(), first, Stop)).ShouldBeNull();
        (await State.WriteAsync("t", "other", "n", "x"u8.ToArray(), first, Stop)).ShouldBeNull();
        (await State.ReadAsync("t", "i", "n", Stop)).ShouldNotBeNull().Bytes.ToArray().ShouldBe("2"u8.ToArray());
    }

    [Fact]
    public async Task Clear_RemovesOnlyWithTheEtag_AndEtagsDoNotComeBack()
    {
        var etag = await State.WriteAsync("t", "i", "n", "1"u8.ToArray(), null, Stop);
        (await State.ClearAsync("t", "i", "n", "0", Stop)).ShouldBeFalse();
        (await State.ClearAsync("t", "i", "n", etag, Stop)).ShouldBeTrue();
        (await State.ReadAsync("t", "i", "n", Stop)).ShouldBeNull();
        (await State.ClearAsync("t", "i", "n", null, Stop)).ShouldBeTrue();
        (await State.WriteAsync("t", "i", "n", "1"u8.ToArray(), null, Stop)).ShouldNotBe(etag);
    }

    [Fact]
    public async Task Write_Concurrently_OneWins()
    {
        var etag = await State.WriteAsync("t", "i", "n", "0"u8.ToArray(), null, Stop);
        var writes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => State.WriteAsync("t", "i", "n", new byte[] { (byte)i }, etag, Stop)));
        writes.Count(written => written is not null).ShouldBe(1);
    }
}
