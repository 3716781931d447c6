namespace Molino.Api.Tests;

public sealed class RecordedBadInputTests(ApiHost host) : BadInputTests(host), IClassFixture<ApiHost>;
