namespace Orleans;

/// <summary>A record on its way between a grain and a storage provider.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public interface IGrainState<T>
{
    /// <summary>Gets or sets the value.</summary>
    T? State { get; set; }

    /// <summary>Gets or sets the version of the record; null when there is none.</summary>
    string? ETag { get; set; }

    /// <summary>Gets or sets a value indicating whether the record exists.</summary>
    bool RecordExists { get; set; }
}
