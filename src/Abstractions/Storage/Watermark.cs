using Molino.Core;

namespace Molino.Storage;

/// <summary>
/// A mark on something that can fill up: above it new jobs are refused, and they are taken again only some way below, so that the answer does not flicker.
/// </summary>
/// <param name="high">The mark, in percent; 100 and more for none.</param>
/// <param name="time">Says since when.</param>
public sealed class Watermark(double high, TimeProvider time)
{
    /// <summary>How far below the mark it counts as passed again, and from where on health warns, in points.</summary>
    public const double Gap = 5;

    private readonly Lock _gate = new();
    private DateTimeOffset _since;

    /// <summary>Where new jobs are taken again, in percent.</summary>
    public double Low => Math.Max(high - Gap, high / 2);

    /// <summary>What was last seen, in percent.</summary>
    public double Percent { get; private set; }

    /// <summary>Whether new jobs are refused.</summary>
    public bool IsAbove { get; private set; }

    /// <summary>Whether the mark is near, or was passed.</summary>
    public bool IsNear { get; private set; }

    /// <summary>Notes how full it is.</summary>
    /// <param name="percent">In percent.</param>
    public void Look(double percent)
    {
        lock (_gate)
        {
            var (wasAbove, wasNear) = (IsAbove, IsNear);
            Percent = percent;
            IsAbove = high < 100 && (percent >= high || (IsAbove && percent >= Low));
            IsNear = high < 100 && percent >= Low;
            if (IsAbove != wasAbove || IsNear != wasNear) _since = time.GetUtcNow();
        }
    }

    /// <summary>Joins what the mark says with how a store is otherwise.</summary>
    /// <param name="condition">How it is otherwise.</param>
    /// <param name="full">The error of what is refused above the mark.</param>
    /// <param name="near">A sentence for when the mark is near.</param>
    public StoreCondition Judge(StoreCondition condition, Func<StoreException> full, Func<string> near)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(full);
        ArgumentNullException.ThrowIfNull(near);
        if (!condition.Ready || !IsNear) return condition;
        if (!IsAbove) return condition with { Code = ErrorCodes.StoreNearlyFull, Message = near(), Since = _since };
        var error = full();
        return new StoreCondition(false, error.Code, error.Message, _since);
    }
}
