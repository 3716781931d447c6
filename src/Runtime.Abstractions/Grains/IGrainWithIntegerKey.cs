namespace Orleans;

/// <summary>The root of interfaces of grains whose keys are numbers.</summary>
public interface IGrainWithIntegerKey : IGrain
{
}
