using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class ResultOverGatewayTests(SiloOverGateway silo) : ResultTransportConformance(silo), IClassFixture<SiloOverGateway>;
