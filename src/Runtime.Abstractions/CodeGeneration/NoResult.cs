namespace Molino.Runtime.CodeGeneration;

/// <summary>The answer of methods that return none.</summary>
public readonly record struct NoResult;
