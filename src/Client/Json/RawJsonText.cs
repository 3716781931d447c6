using System.Buffers;

namespace Molino.Client;

/// <summary>Rewrites JSON text that is known to be valid.</summary>
internal static class RawJsonText
{
    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t\r\n"u8);
    private static readonly SearchValues<byte> BlankOrQuote = SearchValues.Create(" \t\r\n\""u8);

    /// <summary>Copies a value without the blanks between its tokens, so that equal content has equal bytes and stays on one line.</summary>
    /// <param name="json">One valid JSON value.</param>
    public static byte[] Compact(ReadOnlySpan<byte> json)
    {
        if (json.IndexOfAny(Blanks) < 0) return json.ToArray();
        var buffer = ArrayPool<byte>.Shared.Rent(json.Length);
        try
        {
            return buffer.AsSpan(0, Copy(json, buffer)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static int Copy(ReadOnlySpan<byte> json, Span<byte> target)
    {
        var written = 0;
        while (!json.IsEmpty)
        {
            var stop = json.IndexOfAny(BlankOrQuote);
            var plain = stop < 0 ? json.Length : stop;
            json[..plain].CopyTo(target[written..]);
            written += plain;
            json = json[plain..];
            if (json.IsEmpty) break;
            var taken = json[0] == (byte)'"' ? StringLength(json) : 0;
            json[..taken].CopyTo(target[written..]);
            written += taken;
            json = json[(taken == 0 ? 1 : taken)..];
        }

        return written;
    }

    /// <summary>Length of the string that starts the text, with its quotes.</summary>
    private static int StringLength(ReadOnlySpan<byte> json)
    {
        var at = 1;
        while (true)
        {
            at += json[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (json[at] == (byte)'"') return at + 1;
            at += 2;
        }
    }
}
