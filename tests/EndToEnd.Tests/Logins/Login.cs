using System.Text;

namespace Molino.EndToEnd.Tests.Logins;

/// <summary>Who calls: as a header, and as options of the molino command.</summary>
internal sealed record Login(string Secret, (string Name, string Value) Header, string Option)
{
    /// <summary>A login of a mode.</summary>
    /// <param name="mode">Basic or ApiKey.</param>
    /// <param name="secret">A name and a password with a colon between, or a key.</param>
    public static Login Of(string mode, string secret) => mode == "Basic"
        ? new Login(secret, ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))), "--user")
        : new Login(secret, ("X-Api-Key", secret), "--api-key");

    public Task<ProgramRun> RunAsync(SiloProcess silo, params string[] args) =>
        ProgramRun.RunAsync(Programs.Cli, null, ["--url", silo.Url.ToString(), Option, Secret, .. args]);
}
