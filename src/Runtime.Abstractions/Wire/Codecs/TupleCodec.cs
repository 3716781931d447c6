namespace Molino.Runtime.Wire;

/// <summary>Tuples and pairs: a group whose members are numbered by position.</summary>
/// <typeparam name="TTuple">The tuple.</typeparam>
/// <typeparam name="T1">The type of the first part.</typeparam>
/// <typeparam name="T2">The type of the second part.</typeparam>
/// <typeparam name="T3">The type of the third part.</typeparam>
/// <typeparam name="T4">The type of the fourth part.</typeparam>
internal sealed class TupleCodec<TTuple, T1, T2, T3, T4>(int count, Func<TTuple, (T1 First, T2 Second, T3 Third, T4 Fourth)> split, Func<T1, T2, T3, T4, TTuple> join)
    : MessageCodec<TTuple>
    where TTuple : struct
{
    /// <inheritdoc/>
    protected override TTuple Create() => default;

    /// <inheritdoc/>
    protected override void WriteMembers(WireWriter writer, TTuple value)
    {
        var parts = split(value);
        writer.Field(0, parts.First);
        writer.Field(1, parts.Second);
        if (count > 2)
        {
            writer.Field(2, parts.Third);
        }

        if (count > 3)
        {
            writer.Field(3, parts.Fourth);
        }
    }

    /// <inheritdoc/>
    protected override void ReadMembers(ref WireReader reader, ref TTuple value)
    {
        var parts = split(value);
        var isEnd = false;
        while (reader.NextField(out var id, out var kind, ref isEnd))
        {
            switch (id)
            {
                case 0:
                    parts.First = reader.Value<T1>(kind);
                    break;
                case 1:
                    parts.Second = reader.Value<T2>(kind);
                    break;
                case 2:
                    parts.Third = reader.Value<T3>(kind);
                    break;
                case 3:
                    parts.Fourth = reader.Value<T4>(kind);
                    break;
                default:
                    reader.Skip(kind);
                    break;
            }
        }

        reader.SkipRest(isEnd);
        value = join(parts.First, parts.Second, parts.Third, parts.Fourth);
    }
}
