namespace Orleans;

/// <summary>The root of interfaces of grains whose keys are Guids.</summary>
public interface IGrainWithGuidKey : IGrain
{
}
