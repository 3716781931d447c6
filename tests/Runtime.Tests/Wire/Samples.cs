using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;

namespace Molino.Runtime.Tests.Wire;

internal static class Samples
{
    private static readonly Gen<string?> Texts = ArbMap.Default.GeneratorFor<string?>().Select(s => s is null ? null : string.Concat(s.EnumerateRunes().Select(r => r.ToString())));

    public static Gen<Everything> Messages { get; } = Gen.Sized(Message);

    private static Gen<Shape?> Shapes { get; } = Gen.OneOf(
        Gen.Constant<Shape?>(null),
        from name in Texts from radius in ArbMap.Default.GeneratorFor<NormalFloat>() select (Shape?)new Shape.Circle(name ?? "c", radius.Item),
        from name in Texts from x in ArbMap.Default.GeneratorFor<int[]>() select (Shape?)new Shape.Square(name ?? "s", [.. x.Select(i => new Point(i, -i))], x.Length),
        from name in Texts select (Shape?)new Shape.Box<string?>(name));

    private static Gen<Everything> Message(int size) =>
        from numbers in ArbMap.Default.GeneratorFor<int[]>()
        from texts in Texts.ArrayOf()
        from bytes in ArbMap.Default.GeneratorFor<byte[]>()
        from longs in ArbMap.Default.GeneratorFor<(long, ulong, int?)>()
        from guid in ArbMap.Default.GeneratorFor<Guid>()
        from at in ArbMap.Default.GeneratorFor<DateTimeOffset>()
        from number in ArbMap.Default.GeneratorFor<decimal>()
        from day in ArbMap.Default.GeneratorFor<DayOfWeek>()
        from shapes in Shapes.ArrayOf()
        from hasInner in Gen.Choose(0, 3)
        from inner in size > 1 && hasInner == 0 ? Message(size / 2).Select(m => (Everything?)m) : Gen.Constant<Everything?>(null)
        select new Everything
        {
            Flag = numbers.Length % 2 == 0,
            Int = numbers.FirstOrDefault(),
            Long = longs.Item1,
            Unsigned = longs.Item2,
            Double = (double)number,
            Decimal = number,
            Text = texts.FirstOrDefault(),
            Guid = guid,
            At = at,
            Span = TimeSpan.FromTicks(longs.Item1),
            Bytes = bytes,
            Numbers = numbers.Length == 1 ? null : numbers,
            Texts = [.. texts],
            Map = texts.Length == 2 ? null : texts.Select((t, i) => ($"{i}:{t}", i % 2 == 0 ? (int?)null : i)).ToDictionary(p => p.Item1, p => p.Item2),
            Day = day,
            Maybe = longs.Item3,
            Points = [.. numbers.Select(n => new Point(n, n / 2))],
            Shape = shapes.FirstOrDefault(),
            Anything = shapes.LastOrDefault(),
            Shapes = shapes,
            Pair = (numbers.Length, texts.LastOrDefault()),
            Inner = inner,
            Char = numbers.Length > 2 ? 'æ' : 'x',
            Date = at.UtcDateTime,
        };
}
