using Molino.Client;

namespace Molino.EndToEnd.Tests.Gateway;

/// <summary>A silo, over HTTP.</summary>
public sealed class SiloOverHttp : OneSilo
{
    protected override IMolinoTransport Connect() => new HttpTransport(new MolinoClientOptions { Url = Silo.Url.ToString() });
}
