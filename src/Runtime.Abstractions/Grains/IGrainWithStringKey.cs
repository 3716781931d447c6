namespace Orleans;

/// <summary>The root of interfaces of grains whose keys are strings.</summary>
public interface IGrainWithStringKey : IGrain
{
}
