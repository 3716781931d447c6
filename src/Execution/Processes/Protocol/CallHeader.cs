namespace Molino.Execution.Processes.Protocol;

/// <summary>A call of the job's context.</summary>
/// <param name="Operation">What is called.</param>
/// <param name="Name">Key of an effect or child, name of a state; null else.</param>
/// <param name="Type">Type of a child; null else.</param>
/// <param name="Count">Number of appended items; 0 else.</param>
internal sealed record CallHeader(CallOperation Operation, string? Name = null, string? Type = null, int Count = 0);
