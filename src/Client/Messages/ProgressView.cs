namespace Molino.Client;

/// <summary>Progress of an attempt.</summary>
/// <param name="Fraction">0 to 1; absent when unknown.</param>
/// <param name="Message">One line for people.</param>
/// <param name="Data">The handler's own JSON.</param>
public sealed record ProgressView(double? Fraction, string? Message, RawJson? Data);
