namespace WordCount;

/// <summary>The result of <c>words.count</c>.</summary>
public sealed record WordTotals(int Words, int Distinct, string? Longest);
