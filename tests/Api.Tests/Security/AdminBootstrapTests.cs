namespace Molino.Api.Tests;

public sealed class AdminBootstrapTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("molino-api-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("Basic")]
    [InlineData("ApiKey")]
    public async Task First_start_makes_an_admin_that_only_the_owner_can_read(string mode)
    {
        await using var host = await ApiHost.StartAsync(("Auth:Mode", mode));
        var data = Path.Combine(_folder.FullName, "data");
        var path = await host.Services.EnsureMolinoAdminAsync(data);
        path.ShouldBe(Path.Combine(data, "admin-credentials"));
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(path!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await host.Users.ListAsync(default)).Single().Name.ShouldBe("admin");
        (await host.Services.EnsureMolinoAdminAsync(data)).ShouldBeNull();
    }

    [Fact]
    public async Task Loopback_needs_none()
    {
        await using var host = await ApiHost.StartAsync();
        (await host.Services.EnsureMolinoAdminAsync(_folder.FullName)).ShouldBeNull();
        (await host.Users.ListAsync(default)).ShouldBeEmpty();
    }
}
