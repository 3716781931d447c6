namespace Molino.Clustering;

/// <summary>A silo's sign of life.</summary>
/// <param name="Silo">The silo's name with its incarnation.</param>
/// <param name="Number">Raised by the silo with every beat; the same number at two looks means that the silo did not beat between them.</param>
public readonly record struct SiloBeat(string Silo, long Number);
