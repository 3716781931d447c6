using System.Globalization;
using System.Text;
using Molino.Core;

namespace Molino.Storage.Redis.Connections;

/// <summary>A reply of the server. Asking one for what it is not is <see cref="ErrorCodes.StoreCorrupt"/>: the data has another form than ours.</summary>
internal readonly struct Reply
{
    private readonly object? _value;
    private readonly long _number;

    private Reply(ReplyKind kind, object? value, long number)
    {
        Kind = kind;
        _value = value;
        _number = number;
    }

    public static Reply Null => default;

    public ReplyKind Kind { get; }

    public bool IsNull => Kind == ReplyKind.Null;

    public bool IsError => Kind == ReplyKind.Error;

    /// <summary>The bytes of a value.</summary>
    public byte[] Bytes => Kind == ReplyKind.Bytes && _value is byte[] bytes ? bytes : throw Unexpected("bytes");

    /// <summary>The items of a list.</summary>
    public Reply[] Items => Kind == ReplyKind.List && _value is Reply[] items ? items : throw Unexpected("a list");

    /// <summary>A number, also when it came as text.</summary>
    public long Number => Kind switch
    {
        ReplyKind.Number => _number,
        ReplyKind.Bytes when long.TryParse(Bytes, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw Unexpected("a number"),
    };

    /// <summary>A score of a sorted set.</summary>
    public double Score => double.Parse(Bytes, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The text of a status, an error or a value.</summary>
    public string Text => _value switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        _ => Kind == ReplyKind.Number ? _number.ToString(CultureInfo.InvariantCulture) : throw Unexpected("text"),
    };

    public static Reply OfStatus(string text) => new(ReplyKind.Status, text, 0);

    public static Reply OfError(string text) => new(ReplyKind.Error, text, 0);

    public static Reply OfNumber(long number) => new(ReplyKind.Number, null, number);

    public static Reply OfBytes(byte[] bytes) => new(ReplyKind.Bytes, bytes, 0);

    public static Reply OfItems(Reply[] items) => new(ReplyKind.List, items, 0);

    private StoreException Unexpected(string wanted) => new(ErrorCodes.StoreCorrupt, $"Redis answered {Kind} where {wanted} was expected: the keys hold something else than a store of Molino.");
}
