namespace Orleans;

/// <summary>Runs around calls at the callee. A grain class may implement it for its own calls.</summary>
public interface IIncomingGrainCallFilter
{
    /// <summary>Runs around a call.</summary>
    /// <param name="context">The call; its <see cref="IGrainCallContext.Invoke"/> goes on with it.</param>
    /// <returns>A task.</returns>
    Task Invoke(IIncomingGrainCallContext context);
}
