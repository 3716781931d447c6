using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Molino.Core;

namespace Molino.Client;

/// <summary>Reads answers' bodies.</summary>
internal static class Answers
{
    /// <summary>Makes a reader of JSON answers.</summary>
    /// <typeparam name="T">The message.</typeparam>
    public static Func<HttpResponseMessage, CancellationToken, Task<T>> Json<T>()
        where T : class => Reader<T>.Instance;

    /// <summary>Reads a body to its end.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="response">The answer.</param>
    /// <param name="read">Reads the bytes, which are only lent.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    public static async Task<T> ReadBytesAsync<T>(HttpResponseMessage response, Func<ReadOnlySpan<byte>, T> read, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using var _ = stream.ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(response.Content.Headers.ContentLength + 1 ?? 4096, 256, 1 << 20));
        try
        {
            var length = 0;
            while (await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false) is > 0 and var count)
            {
                length += count;
                if (length < buffer.Length) continue;
                var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.CopyTo(larger.AsSpan());
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            return read(buffer.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static class Reader<T>
        where T : class
    {
        private static readonly JsonTypeInfo<T> Type = (JsonTypeInfo<T>)MolinoJson.Results.GetTypeInfo(typeof(T));

        public static readonly Func<HttpResponseMessage, CancellationToken, Task<T>> Instance = static (response, cancellationToken) =>
            ReadBytesAsync(response, static bytes => Parse(bytes), cancellationToken);

        private static T Parse(ReadOnlySpan<byte> bytes)
        {
            try
            {
                return JsonSerializer.Deserialize(bytes, Type) ?? throw new JsonException("null");
            }
            catch (JsonException error)
            {
                throw new JobSystemException(
                    ClientErrorCodes.UnexpectedAnswer, $"The server's answer is not what Molino answers: {error.Message} Is the address right?", error);
            }
        }
    }
}
