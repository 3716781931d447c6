namespace Molino.Conformance.Http;

/// <summary>How large a body may be, and that a client which writes before it reads sees the answer.</summary>
public abstract class BodySizeConformance(IApiUnderTest api) : ApiSuite(api)
{
    private const int MiB = 1024 * 1024;

    [Theory]
    [InlineData("/api/jobs", 4 * MiB)]
    [InlineData("/api/jobs/batch", 32 * MiB)]
    public async Task Body_at_its_limit_is_read(string path, int limit)
    {
        var job = path.EndsWith("batch", StringComparison.Ordinal) ? """[{"type":"noop"}]""" : """{"type":"noop"}""";
        using var connection = new RawConnection(Api.Address);
        await connection.PostAsync(path, $"Content-Length: {limit}", job);
        await connection.WriteAsync(limit - job.Length);
        (await connection.ReadAsync()).Status.ShouldBe(202);
    }

    [Theory]
    [InlineData("/api/jobs", (4 * MiB) + 1)]
    [InlineData("/api/jobs", 33 * MiB)]
    [InlineData("/api/jobs/batch", (32 * MiB) + 1)]
    [InlineData("/api/jobs/batch", 64 * MiB)]
    public Task Larger_body_is_read_and_refused_and_the_connection_lives(string path, int length) => StoresNothingAsync(async () =>
    {
        using var connection = new RawConnection(Api.Address);
        for (var i = 0; i < 2; i++)
        {
            await connection.PostAsync(path, $"Content-Length: {length}");
            await connection.WriteAsync(length);
            await ShouldBeTooLargeAsync(connection);
        }
    });

    [Theory]
    [InlineData("/api/jobs", 5 * 16)]
    [InlineData("/api/jobs/batch", 33 * 16)]
    public Task Larger_body_in_chunks_is_read_and_refused(string path, int chunks) => StoresNothingAsync(async () =>
    {
        using var connection = new RawConnection(Api.Address);
        await connection.PostAsync(path, "Transfer-Encoding: chunked");
        await connection.WriteChunksAsync(chunks, MiB / 16);
        await ShouldBeTooLargeAsync(connection);
    });

    [Fact]
    public async Task Body_in_chunks_is_read()
    {
        using var connection = new RawConnection(Api.Address);
        await connection.PostAsync("/api/jobs", "Transfer-Encoding: chunked", "8\r\n{\"type\":\r\n7\r\n\"noop\"}\r\n0\r\n\r\n");
        (await connection.ReadAsync()).Status.ShouldBe(202);
    }

    [Fact]
    public Task Larger_than_the_server_reads_at_all_is_refused_before_it_is_sent() => StoresNothingAsync(async () =>
    {
        using var connection = new RawConnection(Api.Address);
        await connection.PostAsync("/api/jobs", $"Content-Length: {65L * MiB}");
        (await ShouldBeTooLargeAsync(connection)).ShouldContain("Connection: close");
    });

    [Fact]
    public Task Client_that_asks_first_is_told_to_keep_its_body() => StoresNothingAsync(async () =>
    {
        using var connection = new RawConnection(Api.Address);
        await connection.PostAsync("/api/jobs", $"Content-Length: {5 * MiB}\r\nExpect: 100-continue");
        await ShouldBeTooLargeAsync(connection);
    });

    [Fact]
    public Task Wrong_content_type_with_a_large_body_is_answered() => StoresNothingAsync(async () =>
    {
        using var connection = new RawConnection(Api.Address);
        await connection.PostAsync("/api/jobs", $"Content-Length: {8 * MiB}", contentType: "text/plain");
        await connection.WriteAsync(8 * MiB);
        (await connection.ReadAsync()).Status.ShouldBe(415);
    });

    private static async Task<string> ShouldBeTooLargeAsync(RawConnection connection)
    {
        var (status, head, body) = await connection.ReadAsync();
        status.ShouldBe(413, head);
        ((string?)body!["code"]).ShouldBe("too_large");
        return head;
    }
}
