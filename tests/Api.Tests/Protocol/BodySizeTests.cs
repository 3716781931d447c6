namespace Molino.Api.Tests;

public sealed class BodySizeTests(ApiHost host) : BodySizeConformance(host), IClassFixture<ApiHost>;
