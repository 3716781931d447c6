namespace Molino.Runtime.CodeGeneration;

/// <summary>Generated: registers the grains, references and copiers of an assembly.</summary>
public interface IGrainManifest
{
    /// <summary>Adds everything to a builder.</summary>
    /// <param name="builder">The builder.</param>
    void Register(GrainManifestBuilder builder);
}
