using Molino.Runtime.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>Settings of streams that grains return.</summary>
public static class AsyncEnumerableExtensions
{
    /// <summary>Sets how many elements are read at once at most. Default 100.</summary>
    /// <typeparam name="T">The type of the elements.</typeparam>
    /// <param name="self">What a grain method returned; any other stream is returned as it is.</param>
    /// <param name="maxBatchSize">The number, at least 1.</param>
    /// <returns>The stream.</returns>
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        return self is GrainStream<T> stream ? stream.With(maxBatchSize) : self;
    }
}
