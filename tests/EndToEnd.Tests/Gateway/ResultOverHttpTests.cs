using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class ResultOverHttpTests(SiloOverHttp silo) : ResultTransportConformance(silo), IClassFixture<SiloOverHttp>;
