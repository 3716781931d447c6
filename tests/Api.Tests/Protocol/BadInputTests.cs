namespace Molino.Api.Tests;

public sealed class BadInputTests(ApiHost host) : BadInputConformance(host), IClassFixture<ApiHost>;
