using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class ClusterOverGatewayTests(SiloOverGateway silo) : ClusterTransportConformance(silo), IClassFixture<SiloOverGateway>;
