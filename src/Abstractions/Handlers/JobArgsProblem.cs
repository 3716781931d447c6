namespace Molino;

/// <summary>Why arguments do not fit a type's schema.</summary>
/// <param name="Path">The place, for example <c>args.seconds</c>.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record JobArgsProblem(string Path, string Message);
