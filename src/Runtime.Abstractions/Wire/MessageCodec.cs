using System.ComponentModel;

namespace Molino.Runtime.Wire;

/// <summary>The base of generated codecs: members tagged by id, so that members can be added and unknown ones are skipped.</summary>
/// <typeparam name="T">The message.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MessageCodec<T> : Codec<T>
{
    /// <inheritdoc/>
    public sealed override WireKind ElementKind => typeof(T).IsValueType ? WireKind.Group : WireKind.Any;

    /// <inheritdoc/>
    public sealed override WireKind KindOf(T value) =>
        value is null ? WireKind.Null : typeof(T).IsValueType || value.GetType() == typeof(T) ? WireKind.Group : WireKind.Typed;

    /// <inheritdoc/>
    public sealed override void Write(WireWriter writer, T value, WireKind kind)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (kind == WireKind.Typed)
        {
            writer.Typed(value!);
        }
        else if (kind == WireKind.Group)
        {
            writer.Enter(typeof(T));
            WriteMembers(writer, value);
            writer.End();
            writer.Leave();
        }
    }

    /// <inheritdoc/>
    public sealed override T Read(ref WireReader reader, WireKind kind)
    {
        switch (kind)
        {
            case WireKind.Null when default(T) is null:
                return default!;
            case WireKind.Typed when default(T) is null:
                return reader.Typed() is T typed ? typed : throw WireReader.Unexpected<T>(kind);
            case WireKind.Group:
                reader.Enter();
                var value = Create();
                ReadMembers(ref reader, ref value);
                reader.Leave();
                return value;
            default:
                throw WireReader.Unexpected<T>(kind);
        }
    }

    /// <summary>Writes the members, class by class from the base down, without the end of the group.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="value">The message.</param>
    protected abstract void WriteMembers(WireWriter writer, T value);

    /// <summary>Reads the members and the end of the group.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="value">The message to fill.</param>
    protected abstract void ReadMembers(ref WireReader reader, ref T value);

    /// <summary>Makes an empty message. What the sender does not know keeps the value that it has then.</summary>
    /// <returns>The message.</returns>
    protected abstract T Create();

    /// <inheritdoc/>
    internal sealed override void WriteMembersObject(WireWriter writer, object value) => WriteMembers(writer, (T)value);

    /// <inheritdoc/>
    internal sealed override void ReadMembersObject(ref WireReader reader, object value)
    {
        var typed = (T)value;
        ReadMembers(ref reader, ref typed);
    }
}
