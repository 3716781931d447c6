namespace Molino;

/// <summary>A line of a command's output.</summary>
/// <param name="Text">The line without its end; longer ones come in pieces of 8 KiB.</param>
/// <param name="IsError">Whether it came from standard error.</param>
public readonly record struct ProcessLine(string Text, bool IsError);
