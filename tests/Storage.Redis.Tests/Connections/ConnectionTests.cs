using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Molino.TestServers;

namespace Molino.Storage.Redis.Tests.Connections;

/// <summary>Ways to reach a server, against real ones.</summary>
public sealed class ConnectionTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task User_OfAnAccessList_LogsIn()
    {
        await using var server = await RedisServer.StartAsync();
        await server.CommandAsync("ACL", "SETUSER", "molino", "on", ">pass word", "~test:*", "&test:*", "+@all", "-flushall");
        await server.CommandAsync("ACL", "SETUSER", "default", "off");
        await using var store = await TestStore.OpenAsync(server.Address + ",user=molino,password=pass word");
        await store.SubmitManyAsync(3);
        (await store.LeaseAsync(5)).Count.ShouldBe(3);
        foreach (var login in (string[])["", ",password=pass word", ",user=molino,password=other"])
            (await TestStore.CodeOfAsync(() => TestStore.OpenAsync(server.Address + login, "silo-2/1"))).ShouldBe(ErrorCodes.StoreUnavailable);
    }

    [Fact]
    public async Task Tls_WithATrustedCertificate_IsSpoken()
    {
        var folder = TestMachine.NewFolder("tls");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=redis.test", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("redis.test");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        var (certificateFile, keyFile) = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem(), Stop);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), Stop);
        var port = TestMachine.FreePort();
        await using var server = await RedisServer.StartAsync(
            "--tls-port", $"{port}", "--tls-cert-file", certificateFile, "--tls-key-file", keyFile, "--tls-ca-cert-file", certificateFile, "--tls-auth-clients", "no");
        await using (var store = await TestStore.OpenAsync($"127.0.0.1:{port},ssl=true,sslHost=redis.test,sslCa={certificateFile}")) await store.SubmitManyAsync(1000);
        (await TestStore.CodeOfAsync(() => TestStore.OpenAsync($"127.0.0.1:{port},ssl=true,sslHost=other.test,sslCa={certificateFile}"))).ShouldBe(ErrorCodes.StoreUnavailable);
        (await TestStore.CodeOfAsync(() => TestStore.OpenAsync($"127.0.0.1:{port},ssl=true,sslHost=redis.test"))).ShouldBe(ErrorCodes.StoreUnavailable);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Sentinel_NamesThePrimary()
    {
        await using var server = await RedisServer.StartAsync();
        await using var sentinel = await RedisServer.StartSentinelAsync(server, "main");
        await using var store = await TestStore.OpenAsync(sentinel.Address + ",serviceName=main");
        await store.SubmitAsync();
        (await server.CommandAsync("HGET", "test:meta", "jobs")).ShouldBe("1");
        (await TestStore.CodeOfAsync(() => TestStore.OpenAsync(sentinel.Address + ",serviceName=other", "silo-2/1"))).ShouldBe(ErrorCodes.StoreUnavailable);
    }

    [Fact]
    public async Task FailOver_ThePrimaryBecomesAReplica_WorkGoesOnAtTheNew()
    {
        await using var first = await RedisServer.StartAsync();
        await using var second = await RedisServer.StartAsync("--replicaof", $"127.0.0.1 {first.Port}");
        (await first.CommandAsync("WAIT", "1", "20000")).ShouldBe(":1");
        await using var store = await TestStore.OpenAsync($"{first.Address},{second.Address}", configure: options =>
        {
            options.WaitReplicas = 1;
            options.Timeout = TimeSpan.FromSeconds(20); // a quarter of it for the replica: machines that run tests may stall
        });
        await store.SubmitManyAsync(20);
        var head = store.Faces.Events.Head;
        await second.CommandAsync("REPLICAOF", "NO", "ONE");
        await first.CommandAsync("REPLICAOF", "127.0.0.1", $"{second.Port}");
        await TestStore.UntilAsync(() => store.Jobs.Condition.Ready && store.Jobs.Identity.Generation > head.Generation);
        (await store.LeaseAsync(50)).Count.ShouldBe(20);
        (await store.Faces.Events.ReadAsync(head, 10, null, Stop)).Reset.ShouldBeTrue();
    }

    [Fact]
    public async Task WaitReplicas_WithoutOne_SaysThatNobodyKnows()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await TestStore.OpenAsync(server.Address, configure: options =>
        {
            options.WaitReplicas = 1;
            options.Timeout = TimeSpan.FromMilliseconds(400);
        });
        (await TestStore.CodeOfAsync(() => store.SubmitAsync())).ShouldBe(ErrorCodes.OutcomeUnknown);
    }

    [Fact]
    public async Task WaitReplicas_WithoutOne_SignsOfLifeGoOnUnderLoad()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await TestStore.OpenAsync(server.Address, configure: options => (options.WaitReplicas, options.Timeout) = (1, TimeSpan.FromSeconds(4)));
        using var enough = new CancellationTokenSource();
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20)); // so that each is in a batch of its own
        var load = new List<Task>();
        while (load.Count < 16 && await pace.WaitForNextTickAsync(Stop)) load.Add(WriteAsync());
        for (var beat = 1; beat <= 4; beat++) await store.Membership.BeatAsync(beat, Stop);
        await enough.CancelAsync();
        await Task.WhenAll(load);

        (await store.Membership.ReadBeatsAsync(Stop)).ShouldHaveSingleItem().Number.ShouldBe(4);

        async Task WriteAsync()
        {
            while (!enough.IsCancellationRequested) (await TestStore.CodeOfAsync(() => store.SubmitAsync())).ShouldBe(ErrorCodes.OutcomeUnknown);
        }
    }

    [Fact]
    public async Task Databases_HoldWhatTheyAreFor()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = await TestStore.OpenAsync(server.Address + ",defaultDatabase=1", configure: options => (options.ContentDatabase, options.StateDatabase) = (2, 3));
        await store.SubmitAsync();
        var job = (await store.LeaseAsync(1))[0];
        await store.Faces.Content.PutChunkAsync(job.Id, job.Token, new ResultChunk(0, 0, 1, "x"u8.ToArray()), Stop);
        await store.Faces.State.WriteAsync("t", "i", "n", "x"u8.ToArray(), null, Stop);
        (await server.CommandAsync("EVAL", "redis.call('SELECT', 1) local a = redis.call('DBSIZE') redis.call('SELECT', 2) local b = redis.call('DBSIZE') redis.call('SELECT', 3) return (a > 8 and 'jobs ' or '') .. b .. ' ' .. redis.call('DBSIZE')", "0")).ShouldBe("jobs 1 1");
    }

    [Fact]
    public async Task Replica_IsRefusedByName()
    {
        await using var first = await RedisServer.StartAsync();
        await using var second = await RedisServer.StartAsync("--replicaof", $"127.0.0.1 {first.Port}");
        (await Should.ThrowAsync<StoreException>(() => TestStore.OpenAsync(second.Address))).Message.ShouldContain("replica");
    }
}
