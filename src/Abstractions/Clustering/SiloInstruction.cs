namespace Molino.Clustering;

/// <summary>What an operator asks of a silo.</summary>
/// <param name="Number">Higher than that of every earlier order; a silo obeys each once.</param>
/// <param name="Text">What it is to do.</param>
public sealed record SiloInstruction(long Number, string Text);
