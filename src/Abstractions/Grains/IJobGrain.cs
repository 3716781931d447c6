using Molino.Core;
using Molino.Storage;
using Orleans;

namespace Molino.Grains;

/// <summary>A job's address: changes it on request. Key: the job's id as text.</summary>
[Alias("molino.job")]
public interface IJobGrain : IGrainWithStringKey
{
    /// <summary>Asks the job to stop.</summary>
    /// <param name="reason">Why, for people.</param>
    [Alias("cancel")]
    Task<ChangeResult> CancelAsync(string? reason);

    /// <summary>Sends a dead letter back to its queue.</summary>
    /// <param name="args">New arguments as JSON, UTF-8; null to keep the old.</param>
    [Alias("retry")]
    Task<ChangeResult> RetryAsync(ReadOnlyMemory<byte>? args);

    /// <summary>Releases a held job.</summary>
    [Alias("release")]
    Task<ChangeResult> ReleaseAsync();

    /// <summary>Changes a job that has not started; what is null stays. The first change that is refused is the answer.</summary>
    /// <param name="priority">New priority, 0 to 10.</param>
    /// <param name="queue">New queue.</param>
    /// <param name="dueAt">New due time, UTC.</param>
    [Alias("update")]
    Task<ChangeResult> UpdateAsync(int? priority, string? queue, DateTimeOffset? dueAt);
}
