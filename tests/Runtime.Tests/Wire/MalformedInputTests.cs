using FsCheck;
using FsCheck.Fluent;
using Molino.Runtime.Wire;
using Orleans.Serialization;

namespace Molino.Runtime.Tests.Wire;

public sealed class MalformedInputTests
{
    private const int BytesPerByte = 2_000;
    private const int Base = 1_000_000;

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(2_000);

    [Fact]
    public void random_bytes_are_refused_or_read_and_never_crash() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), Read).Check(Many);

    [Fact]
    public void changed_and_cut_messages_are_refused_or_read_and_never_crash() => Prop.ForAll(
        (from message in Samples.Messages
         from changes in ArbMap.Default.GeneratorFor<(ushort At, byte To)[]>()
         from cut in Gen.Choose(0, 200)
         select Change(Wires.Codecs.ToBytes(message), changes, cut)).ToArbitrary(),
        Read).Check(Many);

    [Theory]
    [InlineData(new byte[] { 9, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 3 })]
    [InlineData(new byte[] { 7, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })]
    [InlineData(new byte[] { 7, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    public void large_claims_take_no_memory(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<SerializerException>(() => Wires.Codecs.FromBytes<long[]>(bytes));
        Should.Throw<SerializerException>(() => Wires.Codecs.FromBytes<string>(bytes));

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Base);
    }

    /// <summary>Lists in a list, each with a count of as many elements as bytes follow, which take none.</summary>
    [Theory]
    [InlineData(WireKind.Null)]
    [InlineData(WireKind.End)]
    [InlineData(WireKind.Level)]
    public void elements_that_take_no_bytes_are_refused(WireKind kind)
    {
        const int Lists = 3_000;
        byte[] list = [0xFF, 0x07, (byte)kind]; // 1,023 elements
        byte[] bytes = [(byte)WireKind.List, 0xB8, 0x17, (byte)WireKind.List, .. Enumerable.Repeat(list, Lists).SelectMany(b => b)];
        var before = GC.GetAllocatedBytesForCurrentThread();

        Should.Throw<SerializerException>(() => Wires.Codecs.FromBytes<string[][]>(bytes));
        Should.Throw<SerializerException>(() => Skip(bytes)).Message.ShouldContain($"{kind}");

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Base);
    }

    [Fact]
    public void deep_nesting_is_refused()
    {
        var bytes = Enumerable.Repeat(new byte[] { 9, 1, 11 }, 50_000).SelectMany(b => b).ToArray();

        Should.Throw<SerializerException>(() => Wires.Codecs.FromBytes<Versions.First>([8, 0x19 | 0x10, .. bytes]));
    }

    private static void Skip(byte[] bytes)
    {
        var reader = new WireReader(bytes, Wires.Codecs);
        reader.Skip(reader.Kind());
    }

    private static byte[] Change(byte[] bytes, (ushort At, byte To)[] changes, int cut)
    {
        foreach (var (at, to) in changes)
        {
            bytes[at % bytes.Length] = to;
        }

        return cut < bytes.Length ? bytes[..^cut] : bytes;
    }

    private static void Read(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Wires.Codecs.FromBytes<Everything>(bytes);
        }
        catch (SerializerException)
        {
            // what malformed bytes are answered with
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(Base + (bytes.Length * (long)BytesPerByte));
    }
}
