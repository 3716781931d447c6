namespace Molino.Runtime.CodeGeneration;

/// <summary>Names the generated class that registers the grains, references and copiers of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="GrainManifestAttribute"/> class.</summary>
    /// <param name="manifest">A class with a parameterless constructor that implements <see cref="IGrainManifest"/>.</param>
    public GrainManifestAttribute(Type manifest) => Manifest = manifest;

    /// <summary>Gets the class.</summary>
    public Type Manifest { get; }
}
