namespace Molino.Runtime.Tests.Testing;

/// <summary>The last argument that a grain received, as it received it.</summary>
public sealed class Received
{
    public object? Last { get; private set; }

    public T Take<T>(T value)
    {
        Last = value;
        return value;
    }
}
