namespace Molino.Execution.Runner;

/// <summary>A call that waits for the silo's answer.</summary>
/// <param name="effect">Does the effect of the call; null for other calls.</param>
internal sealed class RunnerCall(Func<Task<byte[]>>? effect)
{
    internal Func<Task<byte[]>>? Effect { get; } = effect;

    internal TaskCompletionSource<ReadOnlyMemory<byte>> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the effect threw: it stays here, the silo only learns that it failed.</summary>
    internal volatile Exception? EffectError;
}
