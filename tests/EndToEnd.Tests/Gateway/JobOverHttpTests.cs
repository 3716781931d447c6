using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class JobOverHttpTests(SiloOverHttp silo) : JobTransportConformance(silo), IClassFixture<SiloOverHttp>;
