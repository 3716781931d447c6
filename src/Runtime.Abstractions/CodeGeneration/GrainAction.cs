using System.ComponentModel;

namespace Molino.Runtime.CodeGeneration;

/// <summary>A call without an answer beyond its end.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class GrainAction : GrainCall<NoResult>
{
    /// <summary>Calls the method on the grain.</summary>
    /// <param name="grain">The grain object.</param>
    /// <param name="cancellationToken">The callee's own token.</param>
    /// <returns>The end to come.</returns>
    protected abstract ValueTask InvokeActionAsync(object grain, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override ValueTask<NoResult> InvokeAsync(object grain, CancellationToken cancellationToken)
    {
        var pending = InvokeActionAsync(grain, cancellationToken);
        if (pending.IsCompletedSuccessfully)
        {
            pending.GetAwaiter().GetResult();
            return default;
        }

        return AwaitAsync(pending);
    }

    private static async ValueTask<NoResult> AwaitAsync(ValueTask pending)
    {
        await pending.ConfigureAwait(false);
        return default;
    }
}
