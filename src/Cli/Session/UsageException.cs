namespace Molino.Cli;

/// <summary>The command line cannot be meant as it was written.</summary>
/// <param name="message">What is wrong with it.</param>
internal sealed class UsageException(string message) : Exception(message);
