namespace Molino.Runtime.CodeGeneration;

/// <summary>What the declaration of a grain method says about its calls.</summary>
[Flags]
public enum GrainCallOptions
{
    /// <summary>An ordinary call.</summary>
    None = 0,

    /// <summary>The caller does not wait.</summary>
    OneWay = 1,

    /// <summary>May run between the turns of other calls of this kind.</summary>
    ReadOnly = 2,

    /// <summary>May run between the turns of any call.</summary>
    AlwaysInterleave = 4,

    /// <summary>Some argument is mutable and is copied on every call.</summary>
    CopiesArguments = 8,

    /// <summary>The result is mutable and is copied on every call.</summary>
    CopiesResult = 16,
}
