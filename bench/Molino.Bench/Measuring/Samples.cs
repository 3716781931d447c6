namespace Molino.Bench;

/// <summary>Arithmetic on samples.</summary>
internal static class Samples
{
    /// <summary>A percentile, interpolated linearly between the neighbours (as NumPy's default).</summary>
    /// <param name="samples">At least one.</param>
    /// <param name="percent">From 0 to 100.</param>
    public static double Percentile(IReadOnlyList<double> samples, double percent)
    {
        var sorted = samples.Order().ToArray();
        var place = (sorted.Length - 1) * percent / 100;
        var low = (int)place;
        var high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((sorted[high] - sorted[low]) * (place - low));
    }

    /// <summary>The median.</summary>
    public static double Median(IReadOnlyList<double> samples) => Percentile(samples, 50);
}
