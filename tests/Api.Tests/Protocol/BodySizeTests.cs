namespace Molino.Api.Tests;

public sealed class BodySizeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData("/api/jobs", 4 * MiB)]
    [InlineData("/api/jobs/batch", 32 * MiB)]
    public async Task Body_at_its_limit_is_read(string path, int limit)
    {
        var job = path.EndsWith("batch", StringComparison.Ordinal) ? """[{"type":"noop"}]""" : """{"type":"noop"}""";
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync($"POST {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {limit}\r\n\r\n{job}");
        await connection.WriteAsync(limit - job.Length);
        (await connection.ReadAsync()).Status.ShouldBe(202);
    }

    [Theory]
    [InlineData("/api/jobs", (4 * MiB) + 1)]
    [InlineData("/api/jobs", 33 * MiB)]
    [InlineData("/api/jobs/batch", (32 * MiB) + 1)]
    [InlineData("/api/jobs/batch", 64 * MiB)]
    public async Task Larger_body_is_read_and_refused_and_the_connection_lives(string path, int length)
    {
        using var connection = new RawConnection(host.Address);
        for (var i = 0; i < 2; i++)
        {
            await connection.WriteAsync($"POST {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n");
            await connection.WriteAsync(length);
            var (status, head, body) = await connection.ReadAsync();
            status.ShouldBe(413, head);
            ((string?)body!["code"]).ShouldBe("too_large");
        }
    }

    [Theory]
    [InlineData("/api/jobs", 5 * 16)]
    [InlineData("/api/jobs/batch", 33 * 16)]
    public async Task Larger_body_in_chunks_is_read_and_refused(string path, int chunks)
    {
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync($"POST {path} HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.WriteChunksAsync(chunks, MiB / 16);
        var (status, _, body) = await connection.ReadAsync();
        status.ShouldBe(413);
        ((string?)body!["code"]).ShouldBe("too_large");
    }

    [Fact]
    public async Task Body_in_chunks_is_read()
    {
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync($"POST /api/jobs HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
        await connection.WriteAsync("8\r\n{\"type\":\r\n7\r\n\"noop\"}\r\n0\r\n\r\n");
        (await connection.ReadAsync()).Status.ShouldBe(202);
    }

    [Fact]
    public async Task Larger_than_the_server_reads_at_all_is_refused_before_it_is_sent()
    {
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync($"POST /api/jobs HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {65L * MiB}\r\n\r\n");
        var (status, head, body) = await connection.ReadAsync();
        status.ShouldBe(413);
        ((string?)body!["code"]).ShouldBe("too_large");
        head.ShouldContain("Connection: close");
    }

    [Fact]
    public async Task Client_that_asks_first_is_told_to_keep_its_body()
    {
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync(
            $"POST /api/jobs HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/json\r\nContent-Length: {5 * MiB}\r\nExpect: 100-continue\r\n\r\n");
        (await connection.ReadAsync()).Status.ShouldBe(413);
    }

    [Fact]
    public async Task Wrong_content_type_with_a_large_body_is_answered()
    {
        using var connection = new RawConnection(host.Address);
        await connection.WriteAsync($"POST /api/jobs HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: text/plain\r\nContent-Length: {8 * MiB}\r\n\r\n");
        await connection.WriteAsync(8 * MiB);
        (await connection.ReadAsync()).Status.ShouldBe(415);
    }
}
