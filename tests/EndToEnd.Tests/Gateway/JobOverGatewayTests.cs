using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class JobOverGatewayTests(SiloOverGateway silo) : JobTransportConformance(silo), IClassFixture<SiloOverGateway>;
