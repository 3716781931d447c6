using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class BatchOverGatewayTests(SiloOverGateway silo) : BatchTransportConformance(silo), IClassFixture<SiloOverGateway>;
