namespace Molino.Runtime.CodeGeneration;

/// <summary>What one read of a grain's stream returns.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="Items">The elements.</param>
/// <param name="IsEnd">Whether the stream has ended behind them.</param>
public readonly record struct StreamBatch<T>(T[] Items, bool IsEnd);
