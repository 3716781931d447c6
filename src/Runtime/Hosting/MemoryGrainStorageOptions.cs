namespace Orleans.Configuration;

/// <summary>Options of the memory storage. The embedded one has no settings; the class keeps the signature of Orleans.</summary>
public class MemoryGrainStorageOptions
{
}
