using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using Molino.Runtime.Membership;
using Molino.Runtime.Tests.Testing;
using Molino.Runtime.Transport;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Tests.Clustering;

public sealed class ConnectionTests
{
    private const int Refused = 2062;

    [Fact]
    public async Task calls_go_through_tls()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var cluster = await TestCluster.StartAsync(2, builder => builder.Configure<TransportOptions>(options =>
        {
            options.Certificate = certificate;
            options.ValidateCertificate = (_, other, _, _) => other?.GetCertHashString() == certificate.GetCertHashString();
        }));

        (await ClusterCallTests.Remote(cluster).SiloAsync()).ShouldBe("silo-1");
    }

    [Fact]
    public async Task silo_that_does_not_trust_the_certificate_does_not_connect()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        await using var cluster = await TestCluster.StartAsync(1, builder => builder.Configure<TransportOptions>(options => options.Certificate = certificate));

        await cluster.AddAsync();

        await cluster.UntilAsync(() => cluster.Silos[0].Log.Entries.Any(entry => entry.EventId == 2064 && entry.Text.Contains("certificate", StringComparison.Ordinal)));
        cluster.Silos[0].Silo.Cluster!.Peers.Single().Link.ShouldBeNull();
    }

    [Fact]
    public async Task silo_with_another_secret_is_refused_and_both_say_what_to_do()
    {
        await using var cluster = await TestCluster.StartAsync(1);

        var refusal = await Should.ThrowAsync<HandshakeException>(() => cluster.AddAsync(builder => builder.Configure<TransportOptions>(options => options.Secret = "other")));

        refusal.Refusal.ShouldBe(HandshakeRefusal.WrongSecret);
        await RefusedAsync(cluster, refusal, "Cluster:Secret");
    }

    [Fact]
    public async Task silo_of_another_cluster_is_refused_and_both_say_what_to_do()
    {
        await using var cluster = await TestCluster.StartAsync(1);

        var refusal = await Should.ThrowAsync<HandshakeException>(() => cluster.AddAsync(builder => builder.Configure<ClusterOptions>(options => options.ClusterId = "other")));

        refusal.Refusal.ShouldBe(HandshakeRefusal.WrongCluster);
        await RefusedAsync(cluster, refusal, "Cluster:Id");
    }

    [Fact]
    public async Task address_beyond_loopback_needs_a_secret() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => TestCluster.StartAsync(1, builder => builder
            .Configure<EndpointOptions>(options => options.AdvertisedIPAddress = System.Net.IPAddress.Parse("192.0.2.1"))
            .Configure<TransportOptions>(options => options.Secret = null)))).Message.ShouldContain("Cluster:Secret");

    [Fact]
    public async Task listening_beyond_loopback_needs_a_secret() =>
        (await Should.ThrowAsync<OptionsValidationException>(() => TestCluster.StartAsync(1, builder => builder
            .Configure<EndpointOptions>(options => options.SiloListeningEndpoint = new(System.Net.IPAddress.Any, 0))
            .Configure<TransportOptions>(options => options.Secret = null)))).Message.ShouldContain("Cluster:Secret");

    [Fact]
    public async Task silo_that_listens_elsewhere_advertises_the_given_port()
    {
        await using var cluster = await TestCluster.StartAsync(1, builder => builder.Configure<EndpointOptions>(
            options => (options.SiloPort, options.SiloListeningEndpoint) = (12345, new(System.Net.IPAddress.Loopback, 0))));

        cluster.Table.Document.Members.Single().Address.ShouldBe("127.0.0.1:12345");
    }

    [Fact]
    public async Task calls_to_a_silo_that_cannot_be_reached_wait_and_then_fail_by_name_and_too_many_at_once()
    {
        await using var cluster = await TestCluster.StartAsync(1, builder => builder
            .Configure<TransportOptions>(options => (options.SendTimeout, options.MaxWaitingMessages) = (TimeSpan.FromSeconds(1), 100))
            .Configure<MembershipOptions>(options => (options.DeadAfter, options.HandOverTimeout) = (TimeSpan.FromMinutes(1), TimeSpan.Zero)));
        var grain = await GrainOfUnreachableAsync(cluster);

        var calls = Enumerable.Range(0, 150).Select(_ => grain.SiloAsync()).ToList();
        var errors = new List<Exception>();
        foreach (var call in calls)
        {
            errors.Add(await Should.ThrowAsync<Exception>(() => call));
        }

        errors.OfType<SiloUnavailableException>().Count().ShouldBe(100);
        errors.OfType<LimitExceededException>().Count().ShouldBe(50);
        errors[0].Message.ShouldContain("unreachable");
        errors[0].Message.ShouldContain(nameof(IMemberGrain.SiloAsync));
    }

    /// <summary>Adds a member that nobody can connect to, and returns a grain that it owns.</summary>
    internal static async Task<IMemberGrain> GrainOfUnreachableAsync(TestCluster cluster)
    {
        var document = cluster.Table.Document;
        await cluster.Table.TryWriteAsync(
            document with { Version = document.Version + 1, Members = [.. document.Members, new ClusterMember("unreachable", 99, "127.0.0.1:1", "127.0.0.1:1", MemberStatus.Active)] },
            document.Version,
            CancellationToken.None);
        await cluster.UntilAsync(() => cluster.Silos[0].Silo.Cluster!.View.Members.Length == 2);
        return Enumerable.Range(0, int.MaxValue).Select(i => cluster.Silos[0].Grains.GetGrain<IMemberGrain>($"k{i}")).First(g => !cluster.Silos[0].Silo.Cluster!.Owns(g.GetGrainId()));
    }

    /// <summary>The member says what the refused silo says, and goes on alone.</summary>
    private static async Task RefusedAsync(TestCluster cluster, HandshakeException refusal, string setting)
    {
        refusal.Message.ShouldContain(setting);
        await cluster.UntilAsync(() => cluster.Silos[0].Log.Entries.Any(entry => entry.EventId == Refused && entry.Text.Contains(refusal.Message, StringComparison.Ordinal)));
        cluster.Table.Document.Members.Length.ShouldBe(1);
    }
}
