namespace Molino.Runtime.CodeGeneration;

/// <summary>The facts about one grain method that all its calls share. Made by generated code.</summary>
public sealed class GrainMethod
{
    /// <summary>Initializes a new instance of the <see cref="GrainMethod"/> class.</summary>
    /// <param name="interfaceName">The full name of the interface.</param>
    /// <param name="methodName">The name of the method.</param>
    /// <param name="options">What the declaration says.</param>
    /// <param name="responseTimeout">The timeout as <see cref="TimeSpan.Parse(string)"/> reads it, or null for the default.</param>
    /// <param name="wireName">The name on the wire, unique among all methods; empty for what never leaves the silo.</param>
    public GrainMethod(string interfaceName, string methodName, GrainCallOptions options, string? responseTimeout, string wireName = "")
    {
        WireId = WireIdOf(wireName);
        InterfaceName = interfaceName;
        MethodName = methodName;
        Options = options;
        ResponseTimeout = responseTimeout is null ? null : new Orleans.ResponseTimeoutAttribute(responseTimeout).Timeout;
    }

    /// <summary>Gets the full name of the interface.</summary>
    public string InterfaceName { get; }

    /// <summary>Gets the name of the method.</summary>
    public string MethodName { get; }

    /// <summary>Gets what the declaration says.</summary>
    public GrainCallOptions Options { get; }

    /// <summary>Gets the time that callers wait, or null for the default.</summary>
    public TimeSpan? ResponseTimeout { get; }

    /// <summary>Gets the number on the wire.</summary>
    internal ulong WireId { get; }

    /// <summary>Returns <c>interface.method</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{InterfaceName}.{MethodName}";

    /// <summary>Returns the number of a method on the wire: FNV-1a of its name.</summary>
    /// <param name="wireName">The name.</param>
    /// <returns>The number.</returns>
    internal static ulong WireIdOf(string wireName)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in wireName)
        {
            hash = unchecked((hash ^ unit) * 1099511628211UL);
        }

        return hash;
    }
}
