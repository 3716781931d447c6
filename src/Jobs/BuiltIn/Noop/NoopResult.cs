namespace Molino.Jobs.BuiltIn;

/// <summary>The result of <c>noop</c>: always null.</summary>
public sealed record NoopResult;
