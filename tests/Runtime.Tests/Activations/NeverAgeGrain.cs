using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Activations;

[KeepAlive]
public sealed class NeverAgeGrain(Probe probe) : AgeGrain(probe);
