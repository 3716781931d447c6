using System.Buffers.Text;

namespace Molino.Api;

/// <summary>Looks at escape sequences in JSON text.</summary>
internal static class JsonEscapes
{
    /// <summary>Whether text contains half of a surrogate pair as an escape: JSON's grammar has it, but it stands for no text.</summary>
    /// <param name="raw">A string token's bytes, valid JSON.</param>
    public static bool HasLoneSurrogate(ReadOnlySpan<byte> raw)
    {
        var highBefore = false;
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] != '\\')
            {
                if (highBefore) return true;
                continue;
            }

            i++;
            if (raw[i] != 'u')
            {
                if (highBefore) return true;
                continue;
            }

            if (!Utf8Parser.TryParse(raw.Slice(i + 1, 4), out ushort unit, out _, 'X')) return true;
            i += 4;
            var isLow = char.IsLowSurrogate((char)unit);
            if (highBefore != isLow) return true;
            highBefore = char.IsHighSurrogate((char)unit);
        }

        return highBefore;
    }
}
