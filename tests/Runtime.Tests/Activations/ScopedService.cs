using Molino.Runtime.Tests.Testing;

namespace Molino.Runtime.Tests.Activations;

public sealed class ScopedService(Probe probe) : IDisposable
{
    public void Dispose() => probe.Signal("scope disposed");
}
