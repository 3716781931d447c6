namespace Molino.Execution.Processes.Protocol;

/// <summary>What of <see cref="IJobContext"/> a child calls.</summary>
internal enum CallOperation
{
    /// <summary><see cref="IJobContext.EffectOnceAsync"/>.</summary>
    EffectOnce = 1,

    /// <summary><see cref="IJobContext.LoadStateAsync"/>.</summary>
    LoadState = 2,

    /// <summary><see cref="IJobContext.SaveStateAsync"/>.</summary>
    SaveState = 3,

    /// <summary><see cref="IJobContext.AppendResultItemsAsync"/>.</summary>
    AppendItems = 4,

    /// <summary><see cref="IJobContext.SubmitChildAsync"/>.</summary>
    SubmitChild = 5,
}
