using Molino.Streams;

namespace Molino.Client;

/// <summary>An answer's body that is read while it comes: owns the answer, names its failures, and gives up on silence.</summary>
internal sealed class AnswerStream(HttpResponseMessage response, Stream body, HttpChannel channel, TimeSpan silence, TimeProvider timeProvider) : ReadOnlyStream
{
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        using var limit = new CancellationTokenSource(silence, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await body.ReadAsync(buffer, either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or HttpRequestException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw channel.NotReachable(error);
        }
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        try
        {
            return body.Read(buffer, offset, count);
        }
        catch (Exception error) when (error is IOException or HttpRequestException)
        {
            throw channel.NotReachable(error);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Dispose();
            response.Dispose();
        }

        base.Dispose(disposing);
    }
}
