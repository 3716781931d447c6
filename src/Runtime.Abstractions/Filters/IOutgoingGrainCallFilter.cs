namespace Orleans;

/// <summary>Runs around calls at the caller.</summary>
public interface IOutgoingGrainCallFilter
{
    /// <summary>Runs around a call.</summary>
    /// <param name="context">The call; its <see cref="IGrainCallContext.Invoke"/> goes on with it.</param>
    /// <returns>A task.</returns>
    Task Invoke(IOutgoingGrainCallContext context);
}
