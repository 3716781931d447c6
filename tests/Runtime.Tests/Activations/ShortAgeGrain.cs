using Molino.Runtime.Tests.Testing;
using Orleans;

namespace Molino.Runtime.Tests.Activations;

[CollectionAgeLimit(Minutes = 3)]
public sealed class ShortAgeGrain(Probe probe) : AgeGrain(probe);
