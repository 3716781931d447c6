using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class ClusterOverHttpTests(SiloOverHttp silo) : ClusterTransportConformance(silo), IClassFixture<SiloOverHttp>;
