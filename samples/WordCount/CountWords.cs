using Molino;

namespace WordCount;

/// <summary>Counts words, reporting progress and obeying a stop on the way.</summary>
public sealed class CountWords : IJobHandler<CountWordsArgs, WordTotals>
{
    public Task<WordTotals> RunAsync(CountWordsArgs args, IJobContext context, CancellationToken cancellationToken)
    {
        var words = args.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var distinct = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < words.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            distinct.Add(words[i]);
            context.Report((i + 1.0) / words.Length);
        }

        context.Log($"Counted {words.Length} words.");
        return Task.FromResult(new WordTotals(words.Length, distinct.Count, words.MaxBy(word => word.Length)));
    }
}
