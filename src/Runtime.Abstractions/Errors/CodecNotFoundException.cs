namespace Orleans.Serialization;

/// <summary>A value crosses a grain call, or is stored, whose type nothing knows how to copy. Mark the type with <see cref="GenerateSerializerAttribute"/>.</summary>
public sealed class CodecNotFoundException : SerializerException
{
    /// <summary>Initializes a new instance of the <see cref="CodecNotFoundException"/> class.</summary>
    /// <param name="message">Which type, and where.</param>
    public CodecNotFoundException(string message)
        : base(message)
    {
    }
}
