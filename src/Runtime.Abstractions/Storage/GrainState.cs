namespace Orleans;

/// <summary>A plain <see cref="IGrainState{T}"/>.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public sealed class GrainState<T> : IGrainState<T>
{
    /// <summary>Initializes a new instance of the <see cref="GrainState{T}"/> class without a record.</summary>
    public GrainState()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="GrainState{T}"/> class.</summary>
    /// <param name="state">The value.</param>
    public GrainState(T? state) => State = state;

    /// <summary>Initializes a new instance of the <see cref="GrainState{T}"/> class.</summary>
    /// <param name="state">The value.</param>
    /// <param name="eTag">The version.</param>
    public GrainState(T? state, string? eTag)
    {
        State = state;
        ETag = eTag;
    }

    /// <inheritdoc/>
    public T? State { get; set; }

    /// <inheritdoc/>
    public string? ETag { get; set; }

    /// <inheritdoc/>
    public bool RecordExists { get; set; }
}
