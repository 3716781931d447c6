using Molino.Runtime.Tests.Testing;

namespace Molino.Runtime.Tests.Activations;

public sealed class DefaultAgeGrain(Probe probe) : AgeGrain(probe);
