using Molino.Core;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Retention;

/// <summary>A step of retention: what it adds to its batch.</summary>
/// <param name="add">Adds it.</param>
internal sealed class RawStep(Action<Batch> add) : IRawStep
{
    /// <inheritdoc/>
    public void AddTo(Batch batch) => add(batch);

    /// <summary>Runs a step alone in a batch.</summary>
    /// <returns>False when another silo did the same at the same time; nothing was written then.</returns>
    public static async Task<bool> RunAsync(RedisEngine engine, Action<Batch> add, CancellationToken cancellationToken)
    {
        try
        {
            await engine.WriteAsync(new WriteItem { Changes = [], Raw = new RawStep(add) }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StoreException error) when (error.Code == ErrorCodes.OutcomeUnknown || error.InnerException is BatchConflictException)
        {
            return false;
        }
    }
}
