using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Orleans.Serialization;

namespace Molino.Runtime.Wire;

/// <summary>
/// Exceptions travel with type, message, stack and cause, and with the members that have an <c>[Id]</c> where the type has
/// <c>[GenerateSerializer]</c>. A type that this side does not have arrives as <see cref="UnavailableExceptionFallbackException"/>.
/// </summary>
/// <typeparam name="T">The declared type.</typeparam>
internal sealed class ExceptionCodec<T> : Codec<T>
    where T : Exception
{
    private const uint TypeId = 0;
    private const uint MessageId = 1;
    private const uint StackId = 2;
    private const uint InnerId = 3;
    private const uint ResultId = 4;
    private const uint AllInnerId = 5;
    private const uint MembersId = 6;

    /// <inheritdoc/>
    public override WireKind KindOf(T value) => value is null ? WireKind.Null : WireKind.Group;

    /// <inheritdoc/>
    public override void Write(WireWriter writer, T value, WireKind kind)
    {
        if (kind == WireKind.Null)
        {
            return;
        }

        var type = value.GetType();
        writer.Enter(type);
        writer.Field(TypeId, value is UnavailableExceptionFallbackException { ExceptionType: { } original } ? original : type.FullName ?? type.Name);
        writer.Field(MessageId, value.Message);
        writer.Field(StackId, value.StackTrace);
        writer.Field(ResultId, value.HResult);
        if (value is AggregateException { InnerExceptions: var all })
        {
            writer.Field<IReadOnlyList<Exception>>(AllInnerId, all);
        }
        else if (value.InnerException is { } inner)
        {
            writer.Field(InnerId, inner);
        }

        if (MembersOf(writer.Codecs, type) is { } members)
        {
            writer.Field(MembersId, new ExceptionMembers(members, value));
        }

        writer.End();
        writer.Leave();
    }

    /// <inheritdoc/>
    public override T Read(ref WireReader reader, WireKind kind)
    {
        if (kind != WireKind.Group)
        {
            return kind == WireKind.Null ? null! : throw WireReader.Unexpected<T>(kind);
        }

        reader.Enter();
        var parts = default(Parts);
        var isEnd = false;
        while (reader.NextField(out var id, out var found, ref isEnd))
        {
            switch (id)
            {
                case TypeId:
                    parts.TypeName = reader.Value<string>(found);
                    break;
                case MessageId:
                    parts.Message = reader.Value<string>(found);
                    break;
                case StackId:
                    parts.Stack = reader.Value<string>(found);
                    break;
                case InnerId:
                    parts.Inner = reader.Value<Exception>(found);
                    break;
                case ResultId:
                    parts.Result = reader.Value<int>(found);
                    break;
                case AllInnerId:
                    parts.All = reader.Value<IReadOnlyList<Exception>>(found);
                    break;
                case MembersId when found == WireKind.Group && TryMake(reader.Codecs, parts) is { } made && MembersOf(reader.Codecs, made.GetType()) is { } members:
                    parts.Made = made;
                    members.ReadMembersObject(ref reader, made);
                    break;
                default:
                    reader.Skip(found);
                    break;
            }
        }

        reader.SkipRest(isEnd);
        reader.Leave();
        var error = parts.Made ?? TryMake(reader.Codecs, parts) ?? Unavailable(parts);
        if (!string.IsNullOrEmpty(parts.Stack))
        {
            ExceptionDispatchInfo.SetRemoteStackTrace(error, parts.Stack);
        }

        return error as T ?? throw WireReader.Malformed($"{error.GetType()} is no {typeof(T)}");
    }

    /// <summary>The generated codec of the type, or of the nearest base that has one.</summary>
    private static Codec? MembersOf(CodecProvider codecs, Type type)
    {
        for (var current = type; current is not null && current != typeof(Exception); current = current.BaseType)
        {
            if (codecs.GeneratedFor(current) is { } codec)
            {
                return codec;
            }
        }

        return null;
    }

    /// <summary>Makes the exception without running its constructors, which would want arguments that nobody knows.</summary>
    private static Exception? TryMake(CodecProvider codecs, in Parts parts)
    {
        if (parts.TypeName is null || codecs.Exceptions.Find(parts.TypeName) is not { } type)
        {
            return null;
        }

        if (type == typeof(AggregateException))
        {
            return new AggregateException(parts.Message, parts.All ?? []);
        }

        var error = (Exception)RuntimeHelpers.GetUninitializedObject(type);
        Fill(error, parts);
        try
        {
            // A type whose message or text needs more than was sent would hurt whoever logs it.
            _ = error.Message;
            _ = error.ToString();
            return error;
        }
#pragma warning disable CA1031 // Any error says the same: this type cannot be shown.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static UnavailableExceptionFallbackException Unavailable(in Parts parts)
    {
        var error = new UnavailableExceptionFallbackException { ExceptionType = parts.TypeName };
        Fill(error, parts);
        return error;
    }

    private static void Fill(Exception error, in Parts parts)
    {
        MessageOf(error) = parts.Message;
        InnerOf(error) = parts.Inner;
        error.HResult = parts.Result;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_message")]
    private static extern ref string? MessageOf(Exception error);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_innerException")]
    private static extern ref Exception? InnerOf(Exception error);

    private struct Parts
    {
        public string? TypeName;
        public string? Message;
        public string? Stack;
        public Exception? Inner;
        public int Result;
        public IReadOnlyList<Exception>? All;
        public Exception? Made;
    }
}
