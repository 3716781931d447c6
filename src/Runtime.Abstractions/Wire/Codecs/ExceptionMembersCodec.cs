namespace Molino.Runtime.Wire;

/// <summary>Writes what <see cref="ExceptionMembers"/> names; <see cref="ExceptionCodec{T}"/> reads it.</summary>
internal sealed class ExceptionMembersCodec : Codec<ExceptionMembers>
{
    /// <inheritdoc/>
    public override WireKind KindOf(ExceptionMembers value) => WireKind.Group;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, ExceptionMembers value, WireKind kind)
    {
        value.Codec.WriteMembersObject(writer, value.Error);
        writer.End();
    }

    /// <inheritdoc/>
    public override ExceptionMembers Read(ref WireReader reader, WireKind kind) => throw WireReader.Unexpected<ExceptionMembers>(kind);
}
