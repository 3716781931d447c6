using System.CommandLine;
using Molino.Client;

namespace Molino.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<string?> _url = new("--url")
    {
        Description = $"The server: http://host:port, https://..., unix:/path. Default: MOLINO_URL, else {MolinoClientOptions.DefaultUrl}",
        HelpName = "url",
        Recursive = true,
    };

    // After "submit", --key is the idempotency key: the inner option goes first. --api-key means the same everywhere.
    private readonly Option<string?> _key = new("--api-key", "--key")
    {
        Description = "The API key. Default: MOLINO_KEY. Before the command, --key means the same",
        HelpName = "key",
        Recursive = true,
    };

    private readonly Option<string?> _user = new("--user") { Description = "Log in as user:password. Default: MOLINO_USER", HelpName = "user:password", Recursive = true };

    private readonly Option<string?> _output = new("--output", "-o")
    {
        Description = "json or table. Default: tables on a terminal, tab-separated lines in a pipe",
        HelpName = "format",
        Recursive = true,
    };

    public GlobalOptions() => _output.AcceptOnlyFromAmong("json", "table");

    public void AddTo(RootCommand root)
    {
        root.Add(_url);
        root.Add(_key);
        root.Add(_user);
        root.Add(_output);
    }

    public OutputFormat Format(ParseResult parsed) => parsed.GetValue(_output) switch
    {
        "json" => OutputFormat.Json,
        "table" => OutputFormat.Table,
        _ => Console.IsOutputRedirected ? OutputFormat.Plain : OutputFormat.Table,
    };

    public MolinoClientOptions ClientOptions(ParseResult parsed)
    {
        var user = Setting(parsed, _user, "MOLINO_USER")?.Split(':', 2);
        return new MolinoClientOptions
        {
            Url = Setting(parsed, _url, "MOLINO_URL") ?? MolinoClientOptions.DefaultUrl,
            ApiKey = Setting(parsed, _key, "MOLINO_KEY"),
            User = user?[0],
            Password = user is { Length: 2 } ? user[1] : null,
            FirstRetryFor = TimeSpan.Zero, // who types a command wants to know at once that nobody is there
        };
    }

    private static string? Setting(ParseResult parsed, Option<string?> option, string variable)
    {
        if (parsed.GetValue(option) is { Length: > 0 } value) return value;
        return Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? text : null;
    }
}
