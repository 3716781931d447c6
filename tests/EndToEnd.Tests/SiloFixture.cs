using Molino.Conformance.Http;

namespace Molino.EndToEnd.Tests;

/// <summary>One silo for all cases of a class.</summary>
public sealed class SiloFixture : IApiUnderTest, IAsyncLifetime
{
    private SiloProcess _silo = null!;

    public Uri Address => _silo.Url;

    public HttpClient Client => _silo.Http;

    public async ValueTask InitializeAsync() => _silo = await SiloProcess.StartAsync();

    public ValueTask DisposeAsync() => _silo.DisposeAsync();
}
