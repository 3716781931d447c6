using Molino.Conformance.Http;

namespace Molino.EndToEnd.Tests.BadInput;

public sealed class BodySizeTests(SiloFixture silo) : BodySizeConformance(silo), IClassFixture<SiloFixture>;
