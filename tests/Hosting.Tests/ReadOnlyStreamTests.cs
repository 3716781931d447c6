using System.Text;
using Molino.Storage;

namespace Molino.Hosting.Tests;

/// <summary>Streams that are read once, from the beginning to the end: by the one of a result's parts, and by what all of them refuse.</summary>
public sealed class ReadOnlyStreamTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task Read_WithAnyBuffer_GivesAllPartsInOrder(int size)
    {
        await using var stream = await PartsAsync("one", "", "three");
        var (text, buffer) = (new StringBuilder(), new byte[size]);
        for (int read; (read = await stream.ReadAsync(buffer.AsMemory(), Stop)) > 0;) text.Append(Encoding.UTF8.GetString(buffer, 0, read));

        text.ToString().ShouldBe("onethree");
        (await stream.ReadAsync(buffer.AsMemory(), Stop)).ShouldBe(0);
    }

    [Fact]
    public async Task Read_IntoPartOfAnArray_LeavesTheRestAlone()
    {
        await using Stream stream = await PartsAsync("abcdef");
        var buffer = "......"u8.ToArray();

#pragma warning disable CA1835 // This overload is what is tested.
        (await stream.ReadAsync(buffer, 2, 3, Stop)).ShouldBe(3);
#pragma warning restore CA1835

        Encoding.UTF8.GetString(buffer).ShouldBe("..abc.");
    }

    [Fact]
    public async Task CopyTo_GivesAll()
    {
        await using var stream = await PartsAsync("one", "two");
        using var copy = new MemoryStream();

        await stream.CopyToAsync(copy, Stop);

        Encoding.UTF8.GetString(copy.ToArray()).ShouldBe("onetwo");
    }

    [Fact]
    public async Task WhateverIsNotReading_IsRefused()
    {
        await using Stream stream = await PartsAsync("one");
        (stream.CanRead, stream.CanSeek, stream.CanWrite).ShouldBe((true, false, false));
        Should.Throw<NotSupportedException>(() => stream.Length);
        Should.Throw<NotSupportedException>(() => stream.Position);
        Should.Throw<NotSupportedException>(() => stream.Position = 1);
        Should.Throw<NotSupportedException>(() => stream.Seek(0, SeekOrigin.Begin));
        Should.Throw<NotSupportedException>(() => stream.SetLength(1));
        Should.Throw<NotSupportedException>(() => stream.Write([1], 0, 1));
        Should.Throw<NotSupportedException>(() => stream.Read(new byte[1], 0, 1));
        stream.Flush();
        await stream.FlushAsync(Stop);

        (await new StreamReader(stream).ReadToEndAsync(Stop)).ShouldBe("one"); // nothing of it has changed the stream
    }

    [Fact]
    public async Task Dispose_EndsTheSource()
    {
        var ended = false;
        var stream = (await ChunkStream.OpenAsync(SourceAsync(["one", "two"], () => ended = true))).ShouldNotBeNull();
        await stream.ReadExactlyAsync(new byte[3], Stop);
        ended.ShouldBeFalse();

        await stream.DisposeAsync();

        ended.ShouldBeTrue();
    }

    [Fact]
    public async Task Open_WithoutParts_IsNoStreamAndEndsTheSource()
    {
        var ended = false;

        (await ChunkStream.OpenAsync(SourceAsync([], () => ended = true))).ShouldBeNull();

        ended.ShouldBeTrue();
    }

    private static async Task<ChunkStream> PartsAsync(params string[] parts) => (await ChunkStream.OpenAsync(SourceAsync(parts, () => { }))).ShouldNotBeNull();

    private static async IAsyncEnumerable<ResultChunk> SourceAsync(string[] parts, Action ended)
    {
        try
        {
            for (var i = 0; i < parts.Length; i++)
            {
                await Task.Yield();
                yield return new ResultChunk(i, i, 1, Encoding.UTF8.GetBytes(parts[i]));
            }
        }
        finally
        {
            ended();
        }
    }
}
