using Orleans.Runtime;

namespace Orleans;

/// <summary>Identity and references of grains and references alike.</summary>
public static class GrainExtensions
{
    /// <summary>Returns a reference to this grain. Pass this, never <c>this</c>, to other grains.</summary>
    /// <typeparam name="TGrainInterface">The grain interface to call through.</typeparam>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The reference.</returns>
    public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => (TGrainInterface)AsReference(grain, typeof(TGrainInterface));

    /// <summary>Returns a reference to this grain.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <param name="interfaceType">The grain interface to call through.</param>
    /// <returns>The reference.</returns>
    public static object AsReference(this IAddressable grain, Type interfaceType)
    {
        ArgumentNullException.ThrowIfNull(interfaceType);
        var reference = ReferenceOf(grain);
        return reference.Origin.Runtime.CreateReference(interfaceType, reference.GrainId);
    }

    /// <summary>Returns a reference to the same grain through another of its interfaces.</summary>
    /// <typeparam name="TGrainInterface">The other grain interface.</typeparam>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The reference.</returns>
    public static TGrainInterface Cast<TGrainInterface>(this IAddressable grain) => AsReference<TGrainInterface>(grain);

    /// <summary>Returns the identity.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The identity.</returns>
    public static GrainId GetGrainId(this IAddressable grain) => grain switch
    {
        GrainReference reference => reference.GrainId,
        IGrainBase grainBase => grainBase.GrainContext.GrainId,
        _ => throw NotAGrain(grain),
    };

    /// <summary>Returns the key as text.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The key.</returns>
    public static string GetPrimaryKeyString(this IAddressable grain) => GetGrainId(grain).Key.ToString();

    /// <summary>Returns the key as a number.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The key.</returns>
    public static long GetPrimaryKeyLong(this IAddressable grain) => GetGrainId(grain).GetIntegerKey();

    /// <summary>Returns the key as a Guid.</summary>
    /// <param name="grain">A grain or a reference.</param>
    /// <returns>The key.</returns>
    public static Guid GetPrimaryKey(this IAddressable grain) => GetGrainId(grain).GetGuidKey();

    private static GrainReference ReferenceOf(IAddressable grain) => grain switch
    {
        GrainReference reference => reference,
        IGrainBase grainBase => grainBase.GrainContext.GrainReference,
        _ => throw NotAGrain(grain),
    };

    private static ArgumentException NotAGrain(IAddressable grain) =>
        new($"{grain?.GetType().ToString() ?? "null"} is neither a grain nor a reference to one.", nameof(grain));
}
