namespace Molino;

/// <summary>Runs the jobs of one type. Created per attempt from the host's services; register it with <c>AddJob</c>.</summary>
/// <typeparam name="TArgs">The arguments: a record that System.Text.Json can read; its shape is the schema that submits are checked against.</typeparam>
/// <typeparam name="TResult">The result, stored as JSON; may be null.</typeparam>
public interface IJobHandler<in TArgs, TResult>
{
    /// <summary>Runs one attempt. It may run again after a crash (promise P3): use <see cref="IJobContext.EffectOnceAsync"/> for what must not repeat.</summary>
    /// <param name="args">The job's arguments.</param>
    /// <param name="context">The attempt: progress, log, effects, children.</param>
    /// <param name="cancellationToken">Cancelled at the soft limit, on a stop request and when the silo drains too long; <see cref="IJobContext.StopReason"/> tells which.</param>
    /// <returns>The result; stored if this attempt still holds the job's lease.</returns>
    /// <exception cref="Core.PermanentJobException">Thrown by the handler: no further attempt can help.</exception>
    Task<TResult> RunAsync(TArgs args, IJobContext context, CancellationToken cancellationToken);
}
