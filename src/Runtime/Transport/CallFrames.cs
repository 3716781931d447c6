using Molino.Runtime.CodeGeneration;
using Molino.Runtime.References;
using Molino.Runtime.Wire;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Transport;

/// <summary>Writes calls into frames and reads them from there. Layout: <c>docs/wire-format.md</c>.</summary>
/// <param name="catalog">Knows the methods and the grains.</param>
/// <param name="codecs">The codecs.</param>
internal sealed class CallFrames(ICallCatalog catalog, CodecProvider codecs)
{
    private const ulong IsCancellable = 1;
    private const ulong HasContext = 2;

    /// <summary>Writes a call.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="request">The call.</param>
    /// <param name="id">Its number on the connection, or 0.</param>
    /// <param name="viewVersion">The version of the membership by which it was sent.</param>
    /// <param name="timeLeft">The time until its caller gives up.</param>
    public static void Write(WireWriter writer, GrainRequest request, ulong id, long viewVersion, TimeSpan timeLeft)
    {
        var target = request.Target!;
        writer.Varint(id);
        writer.Fixed8(request.Method.WireId);
        writer.Varint((request.Cancellation is null ? 0 : IsCancellable) | (request.Context is null ? 0 : HasContext));
        writer.Text(target.Origin.GrainType.ToString());
        writer.Text(target.Key.ToString());
        writer.Varint((ulong)viewVersion);
        writer.Varint((ulong)request.Hops);
        writer.Varint((ulong)Math.Max(0, timeLeft.Ticks / TimeSpan.TicksPerMillisecond));
        if (request.Context is { } context)
        {
            WriteContext(writer, context);
        }

        request.WriteArguments(writer);
        writer.End();
    }

    /// <summary>Reads a call.</summary>
    /// <param name="body">The body of the frame.</param>
    /// <returns>The call, or the error to answer it with.</returns>
    public ReceivedCall Read(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body, codecs);
        var call = new ReceivedCall { Id = reader.Varint() };
        try
        {
            var method = reader.Fixed8();
            var flags = reader.Varint();
            var grainId = new GrainId(GrainType.Create(reader.Text()), IdSpan.Create(reader.Text()));
            call.ViewVersion = (long)reader.Varint();
            var hops = (int)reader.Varint();
            call.TimeLeft = TimeSpan.FromMilliseconds(Math.Min(reader.Varint(), int.MaxValue));
            var request = catalog.CreateCall(method)
                ?? throw new SerializerException($"A method called on {grainId} does not exist in this release: silos of different releases must know the same methods.");
            request.Target = catalog.ReferenceTo(grainId, request);
            request.Hops = hops;
            request.Context = (flags & HasContext) != 0 ? ReadContext(ref reader) : null;
            request.Cancellation = (flags & IsCancellable) != 0 ? new CallCancellation() : null;
            request.ReadArguments(ref reader);
            call.Request = request;
        }
#pragma warning disable CA1031 // The error is the answer of the call: the connection goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            call.Error = error as SerializerException ?? (error is ArgumentException ? error : CodecProvider.Unreadable(error));
        }

        return call;
    }

    private static void WriteContext(WireWriter writer, RequestContextData context)
    {
        writer.Value(context.ReentrancyId);
        writer.Varint((ulong)context.Values.Count);
        foreach (var (name, value) in context.Values)
        {
            writer.Text(name);
            writer.Value(value);
        }
    }

    private static RequestContextData? ReadContext(ref WireReader reader)
    {
        var reentrancyId = reader.Value<Guid>();
        var count = reader.Count();
        var values = new Dictionary<string, object>();
        for (var i = 0; i < count; i++)
        {
            values[reader.Text()] = reader.Value<object>();
        }

        return RequestContextData.From(values, reentrancyId);
    }
}
