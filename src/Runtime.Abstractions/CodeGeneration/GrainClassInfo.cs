namespace Molino.Runtime.CodeGeneration;

/// <summary>The facts about a grain class that the generator reads from its declaration.</summary>
public sealed class GrainClassInfo
{
    /// <summary>Initializes a new instance of the <see cref="GrainClassInfo"/> class.</summary>
    /// <param name="classType">The class.</param>
    /// <param name="grainType">Its name in identities.</param>
    /// <param name="interfaces">The grain interfaces that it implements.</param>
    public GrainClassInfo(Type classType, string grainType, IReadOnlyList<Type> interfaces)
    {
        ClassType = classType;
        GrainType = grainType;
        Interfaces = interfaces;
    }

    /// <summary>Gets the class.</summary>
    public Type ClassType { get; }

    /// <summary>Gets its name in identities.</summary>
    public string GrainType { get; }

    /// <summary>Gets the grain interfaces that it implements.</summary>
    public IReadOnlyList<Type> Interfaces { get; }

    /// <summary>Gets a value indicating whether calls may run between the turns of each other.</summary>
    public bool IsReentrant { get; init; }

    /// <summary>Gets the largest number of local activations of a stateless worker: 0 when it is none, -1 for the number of processors.</summary>
    public int MaxLocalWorkers { get; init; }

    /// <summary>Gets the minutes without use after which activations are collected: 0 for the silo's setting, infinity for never.</summary>
    public double CollectionAgeMinutes { get; init; }
}
