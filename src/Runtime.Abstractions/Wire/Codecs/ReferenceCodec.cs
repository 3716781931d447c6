using Orleans;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Wire;

/// <summary>References to grains and observers: the identity of the grain and the name of the interface.</summary>
/// <typeparam name="T">The declared interface.</typeparam>
internal sealed class ReferenceCodec<T> : Codec<T>
{
    /// <inheritdoc/>
    public override WireKind KindOf(T value) => value is null ? WireKind.Null : WireKind.Group;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, T value, WireKind kind)
    {
        if (kind == WireKind.Null)
        {
            return;
        }

        var reference = value as GrainReference
            ?? throw new SerializerException(value is IGrainObserver
                ? $"{value.GetType()} is an observer itself: pass what IGrainFactory.CreateObjectReference returns for it."
                : $"{value!.GetType()} is a grain itself: pass what this.AsReference<T>() returns.");
        writer.Field(0, reference.GrainId);
        writer.Field(1, reference.InterfaceName);
        writer.End();
    }

    /// <inheritdoc/>
    public override T Read(ref WireReader reader, WireKind kind)
    {
        if (kind != WireKind.Group)
        {
            return kind == WireKind.Null ? default! : throw WireReader.Unexpected<T>(kind);
        }

        GrainId id = default;
        string? interfaceName = null;
        var isEnd = false;
        while (reader.NextField(out var member, out var memberKind, ref isEnd))
        {
            switch (member)
            {
                case 0:
                    id = reader.Value<GrainId>(memberKind);
                    break;
                case 1:
                    interfaceName = reader.Value<string>(memberKind);
                    break;
                default:
                    reader.Skip(memberKind);
                    break;
            }
        }

        reader.SkipRest(isEnd);
        var runtime = reader.Codecs.Runtime ?? throw WireReader.Malformed("it holds a reference, which only a silo or a client can use");
        return runtime.CreateReference(typeof(T), interfaceName, id) is T reference ? reference : throw WireReader.Malformed($"{id} is no {typeof(T)}");
    }
}
