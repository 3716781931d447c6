namespace Molino.Hosting.Tests;

[JobType("count")]
public sealed record CountArgs
{
    public CountArgs(string name, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        (Name, Count) = (name, count);
    }

    public string Name { get; }

    public int Count { get; }
}
