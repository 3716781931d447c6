using System.Collections.Concurrent;
using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization;

namespace Molino.Runtime.Wire;

/// <summary>Finds the codec of a type: generated ones, those of the base class library, and collections of both. One per silo or client.</summary>
internal sealed class CodecProvider
{
    private readonly ConcurrentDictionary<Type, Codec> _codecs = new();
    private readonly Dictionary<Type, Func<Codec>> _registered;
    private readonly Dictionary<Type, Type> _registeredGeneric;

    public CodecProvider(GrainManifestBuilder manifest)
    {
        _registered = manifest.Codecs;
        _registeredGeneric = manifest.GenericCodecs;
        Names = new TypeNames(manifest.TypeNames);
        Exceptions = new ExceptionTypes(manifest.Codecs.Keys);
    }

    /// <summary>Gets the names of types on the wire.</summary>
    public TypeNames Names { get; }

    /// <summary>Gets the exceptions that can be made again on this side.</summary>
    public ExceptionTypes Exceptions { get; }

    /// <summary>Gets or sets who makes references that arrive.</summary>
    public IGrainCallRuntime? Runtime { get; set; }

    /// <summary>Returns the codec of a declared type.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <returns>The codec.</returns>
    public Codec<T> Get<T>() => (Codec<T>)(_codecs.TryGetValue(typeof(T), out var codec) ? codec : GetFor(typeof(T)));

    /// <summary>Returns the codec of a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The codec.</returns>
    /// <exception cref="CodecNotFoundException">There is none.</exception>
    public Codec GetFor(Type type) => _codecs.TryGetValue(type, out var codec) ? codec : _codecs.GetOrAdd(type, Create);

    /// <summary>Finds the generated codec of exactly a type.</summary>
    /// <param name="type">The type.</param>
    /// <returns>The codec, or null.</returns>
    public Codec? GeneratedFor(Type type) => _registered.TryGetValue(type, out var factory) ? factory() : null;

    /// <summary>Writes a value.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The bytes.</returns>
    public byte[] ToBytes<T>(T value)
    {
        using var writer = new WireWriter(this);
        writer.Value(value);
        return writer.Written.ToArray();
    }

    /// <summary>Reads a value.</summary>
    /// <typeparam name="T">The declared type.</typeparam>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The value.</returns>
    /// <exception cref="SerializerException">The bytes are no value of the type.</exception>
    public T FromBytes<T>(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes, this);
        try
        {
            return reader.Value<T>();
        }
        catch (Exception error) when (error is not SerializerException)
        {
            throw Unreadable(error);
        }
    }

    /// <summary>Makes one error of all that reading may throw: values out of range, texts that are no URI, keys that come twice.</summary>
    /// <param name="error">The cause.</param>
    /// <returns>The error.</returns>
    public static SerializerException Unreadable(Exception error) => new($"A message from another silo cannot be read: {error.Message}", error);

    private Codec Create(Type type)
    {
        if (typeof(Exception).IsAssignableFrom(type))
        {
            return Make(typeof(ExceptionCodec<>), type);
        }

        if (_registered.TryGetValue(type, out var factory))
        {
            return factory();
        }

        if (BasicCodecs.Find(type) is { } basic)
        {
            return basic;
        }

        if (type.IsGenericType && _registeredGeneric.TryGetValue(type.GetGenericTypeDefinition(), out var generated))
        {
            return (Codec)Activator.CreateInstance(generated.MakeGenericType(type.GenericTypeArguments))!;
        }

        if (typeof(IAddressable).IsAssignableFrom(type))
        {
            return Make(typeof(ReferenceCodec<>), type);
        }

        return CollectionCodecs.Find(type, this)
            ?? (type.IsInterface || type.IsAbstract || type == typeof(object) ? Make(typeof(ActualTypeCodec<>), type) : throw NotFound(type));
    }

    private static Codec Make(Type codec, Type argument) => (Codec)Activator.CreateInstance(codec.MakeGenericType(argument))!;

    private static CodecNotFoundException NotFound(Type type) =>
        new($"{type} is to cross to another silo, but nothing knows how to write it. Mark it with [GenerateSerializer] and its members with [Id].");
}
