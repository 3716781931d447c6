namespace Molino.Storage.Redis.Writing;

/// <summary>A step that is no change of the table: what it expects of the store and what it writes when that holds.</summary>
internal interface IRawStep
{
    /// <summary>Adds the step to a batch.</summary>
    void AddTo(Batch batch);
}
