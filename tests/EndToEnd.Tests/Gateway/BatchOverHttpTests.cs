using Molino.Conformance.Transports;

namespace Molino.EndToEnd.Tests.Gateway;

public sealed class BatchOverHttpTests(SiloOverHttp silo) : BatchTransportConformance(silo), IClassFixture<SiloOverHttp>;
