using Molino.Runtime.CodeGeneration;

namespace Orleans.Runtime;

/// <summary>A typed address of a grain. Calls go through the generated classes that derive from it; it may be kept, compared and passed along.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    internal GrainReference(GrainReferenceOrigin origin, IdSpan key)
    {
        Origin = origin;
        Key = key;
    }

    /// <summary>Gets the identity of the grain.</summary>
    public GrainId GrainId => new(Origin.GrainType, Key);

    /// <summary>Gets the full name of the interface through which this reference calls.</summary>
    public virtual string InterfaceName => Origin.InterfaceType.FullName!;

    internal GrainReferenceOrigin Origin { get; }

    internal IdSpan Key { get; }

    /// <summary>The last known receiver of calls; owned by the runtime.</summary>
    internal object? CachedTarget { get; set; }

    /// <summary>Compares two references.</summary>
    /// <param name="reference1">The first reference.</param>
    /// <param name="reference2">The second reference.</param>
    /// <returns>True when both address the same grain.</returns>
    public static bool operator ==(GrainReference? reference1, GrainReference? reference2) => reference1?.Equals(reference2) ?? reference2 is null;

    /// <summary>Compares two references.</summary>
    /// <param name="reference1">The first reference.</param>
    /// <param name="reference2">The second reference.</param>
    /// <returns>True when they address different grains.</returns>
    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    /// <summary>Returns a reference to the same grain through another of its interfaces.</summary>
    /// <typeparam name="TGrainInterface">The other grain interface.</typeparam>
    /// <returns>The reference.</returns>
    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable =>
        (TGrainInterface)Origin.Runtime.CreateReference(typeof(TGrainInterface), GrainId);

    /// <inheritdoc/>
    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    /// <inheritdoc/>
    public override int GetHashCode() => GrainId.GetHashCode();

    /// <summary>Returns a text that names the grain and the interface.</summary>
    /// <returns>The text.</returns>
    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";
}
