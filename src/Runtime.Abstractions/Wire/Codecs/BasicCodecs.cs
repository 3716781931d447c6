using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;
using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.Wire;

/// <summary>Codecs of the types of the base class library that have one layout.</summary>
internal static class BasicCodecs
{
    private const int DateTimeKindShift = 62;

    private static readonly FrozenDictionary<Type, Codec> Known = new Dictionary<Type, Codec>
    {
        [typeof(bool)] = Number(static v => v ? 1UL : 0, static n => n != 0),
        [typeof(byte)] = Number(static v => v, static n => checked((byte)n)),
        [typeof(ushort)] = Number(static v => v, static n => checked((ushort)n)),
        [typeof(uint)] = Number(static v => v, static n => checked((uint)n)),
        [typeof(ulong)] = Number(static v => v, static n => n),
        [typeof(char)] = Number(static v => v, static n => checked((char)n)),
        [typeof(sbyte)] = Signed(static v => v, static n => checked((sbyte)n)),
        [typeof(short)] = Signed(static v => v, static n => checked((short)n)),
        [typeof(int)] = Signed(static v => v, static n => checked((int)n)),
        [typeof(long)] = Signed(static v => v, static n => n),
        [typeof(TimeSpan)] = Signed(static v => v.Ticks, static n => new TimeSpan(n)),
        [typeof(DateOnly)] = Signed(static v => v.DayNumber, static n => DateOnly.FromDayNumber(checked((int)n))),
        [typeof(TimeOnly)] = Signed(static v => v.Ticks, static n => new TimeOnly(n)),
        [typeof(Rune)] = Number(static v => (ulong)v.Value, static n => new Rune(checked((int)n))),
        [typeof(Index)] = Signed(static v => v.IsFromEnd ? ~v.Value : v.Value, static n => n < 0 ? new Index(checked((int)~n), true) : new Index(checked((int)n))),
        [typeof(float)] = new BasicCodec<float>(WireKind.Fixed4, static (w, v) => w.Fixed4(BitConverter.SingleToUInt32Bits(v)), static (ref r) => BitConverter.UInt32BitsToSingle(r.Fixed4())),
        [typeof(double)] = new BasicCodec<double>(WireKind.Fixed8, static (w, v) => w.Fixed8(BitConverter.DoubleToUInt64Bits(v)), static (ref r) => BitConverter.UInt64BitsToDouble(r.Fixed8())),
        [typeof(DateTime)] = new BasicCodec<DateTime>(
            WireKind.Fixed8,
            static (w, v) => w.Fixed8((ulong)v.Ticks | ((ulong)v.Kind << DateTimeKindShift)),
            static (ref r) => r.Fixed8() is var n && n >> DateTimeKindShift < 3
                ? new DateTime((long)(n & ((1UL << DateTimeKindShift) - 1)), (DateTimeKind)(n >> DateTimeKindShift))
                : throw WireReader.Malformed("a date has no such kind")),
        [typeof(DateTimeOffset)] = Sixteen(
            static (bytes, v) => Halves(bytes, (ulong)v.Ticks, (ulong)v.TotalOffsetMinutes),
            static bytes => new DateTimeOffset((long)Low(bytes), TimeSpan.FromMinutes((int)unchecked((long)High(bytes))))),
        [typeof(Guid)] = Sixteen<Guid>(static (bytes, v) => v.TryWriteBytes(bytes), static bytes => new Guid(bytes)),
        [typeof(Int128)] = Sixteen<Int128>(BinaryPrimitives.WriteInt128LittleEndian, BinaryPrimitives.ReadInt128LittleEndian),
        [typeof(UInt128)] = Sixteen<UInt128>(BinaryPrimitives.WriteUInt128LittleEndian, BinaryPrimitives.ReadUInt128LittleEndian),
        [typeof(decimal)] = Sixteen(WriteDecimal, static bytes => new decimal(
        [
            BinaryPrimitives.ReadInt32LittleEndian(bytes), BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]),
        ])),
        [typeof(string)] = new BasicCodec<string>(WireKind.Bytes, static (w, v) => w.Text(v), static (ref r) => r.Text()),
        [typeof(Uri)] = Text(static v => v.OriginalString, static t => new Uri(t, UriKind.RelativeOrAbsolute)),
        [typeof(Version)] = Text(static v => v.ToString(), Version.Parse),
        [typeof(CultureInfo)] = Text(static v => v.Name, CultureInfo.GetCultureInfo),
        [typeof(GrainType)] = Text(static v => v.ToString(), GrainType.Create),
        [typeof(IdSpan)] = Text(static v => v.ToString(), IdSpan.Create),
        [typeof(GrainId)] = Text(static v => v.IsDefault ? string.Empty : v.ToString(), static t => t.Length == 0 ? default : GrainId.Parse(t)),
        [typeof(BigInteger)] = new BasicCodec<BigInteger>(WireKind.Bytes, static (w, v) => w.Bytes(v.ToByteArray()), static (ref r) => new BigInteger(r.Bytes())),
        [typeof(byte[])] = new BasicCodec<byte[]>(WireKind.Bytes, static (w, v) => w.Bytes(v), static (ref r) => r.Bytes().ToArray()),
        [typeof(ReadOnlyMemory<byte>)] = new BasicCodec<ReadOnlyMemory<byte>>(WireKind.Bytes, static (w, v) => w.Bytes(v.Span), static (ref r) => r.Bytes().ToArray()),
        [typeof(Memory<byte>)] = new BasicCodec<Memory<byte>>(WireKind.Bytes, static (w, v) => w.Bytes(v.Span), static (ref r) => r.Bytes().ToArray()),
        [typeof(JsonElement)] = new BasicCodec<JsonElement>(
            WireKind.Bytes,
            static (w, v) => w.Text(v.ValueKind == JsonValueKind.Undefined ? string.Empty : v.GetRawText()),
            static (ref r) => r.Bytes() is { Length: > 0 } json ? ParseJson(json) : default),
        [typeof(ExceptionMembers)] = new ExceptionMembersCodec(),
        [typeof(NoResult)] = Number(static _ => 0, static _ => default(NoResult)),
    }.ToFrozenDictionary();

    /// <summary>Finds the codec of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The codec, or null.</returns>
    public static Codec? Find(Type type) =>
        Known.TryGetValue(type, out var codec) ? codec
        : type.IsEnum ? (Codec)Activator.CreateInstance(typeof(EnumCodec<>).MakeGenericType(type))!
        : null;

    private static BasicCodec<T> Number<T>(Func<T, ulong> write, Func<ulong, T> read) =>
        new(WireKind.Varint, (w, v) => w.Varint(write(v)), (ref r) => read(r.Varint()));

    private static BasicCodec<T> Signed<T>(Func<T, long> write, Func<long, T> read) =>
        new(WireKind.Varint, (w, v) => w.Signed(write(v)), (ref r) => read(r.Signed()));

    private static BasicCodec<T> Text<T>(Func<T, string> write, Func<string, T> read) =>
        new(WireKind.Bytes, (w, v) => w.Text(write(v)), (ref r) => read(r.Text()));

    private static BasicCodec<T> Sixteen<T>(SpanWriter<T> write, SpanReader<T> read) =>
        new(WireKind.Fixed16, (w, v) => write(w.Take(16), v), (ref r) => read(r.Take(16)));

    private static void Halves(Span<byte> bytes, ulong low, ulong high)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, low);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], high);
    }

    private static ulong Low(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static ulong High(ReadOnlySpan<byte> bytes) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);

    private static void WriteDecimal(Span<byte> bytes, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        for (var i = 0; i < bits.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(i * 4)..], bits[i]);
        }
    }

    private static JsonElement ParseJson(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonElement.ParseValue(ref reader);
    }

    private delegate void SpanWriter<in T>(Span<byte> bytes, T value);

    private delegate T SpanReader<out T>(ReadOnlySpan<byte> bytes);
}
