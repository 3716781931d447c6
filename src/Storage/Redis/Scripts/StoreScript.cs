using System.Security.Cryptography;
using System.Text;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Scripts;

/// <summary>A script that the server runs as one step. Sent once to each connection's server, then called by its hash.</summary>
internal sealed class StoreScript
{
    private readonly string _text;

    private StoreScript(string name)
    {
        using var stream = typeof(StoreScript).Assembly.GetManifestResourceStream(name + ".lua") ?? throw new InvalidOperationException($"The script {name} is missing.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        _text = reader.ReadToEnd();

        // SHA-1 is what EVALSHA names scripts by; it guards nothing here.
#pragma warning disable CA5350
        Hash = Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(_text)));
#pragma warning restore CA5350
    }

    public static StoreScript Open { get; } = new("open");

    public static StoreScript Batch { get; } = new("batch");

    public static StoreScript Heads { get; } = new("heads");

    public static StoreScript WriteState { get; } = new("state");

    public static StoreScript PutIfLeased { get; } = new("leased");

    public static StoreScript AppendLog { get; } = new("log");

    public static StoreScript Reminder { get; } = new("reminder");

    public static StoreScript Beat { get; } = new("beat");

    public static StoreScript Watch { get; } = new("watch");

    public static StoreScript Post { get; } = new("post");

    public static StoreScript Board { get; } = new("board");

    public static StoreScript Order { get; } = new("order");

    /// <summary>All scripts.</summary>
    public static IReadOnlyList<StoreScript> All { get; } = [Open, Batch, Heads, WriteState, PutIfLeased, AppendLog, Reminder, Beat, Watch, Post, Board, Order];

    /// <summary>What EVALSHA calls it by.</summary>
    public string Hash { get; }

    /// <summary>Sends all scripts to the server of a connection.</summary>
    public static async Task LoadAllAsync(RespConnection connection)
    {
        foreach (var script in All) await Dialer.AskAsync(connection, RespCommand.Of("SCRIPT", "LOAD", script._text)).ConfigureAwait(false);
    }

    /// <summary>A call.</summary>
    public RespCommand Call(RespArguments keys, RespArguments values) =>
        new RespCommand("EVALSHA", keys.Written.Length + values.Written.Length + 128).Arg(Hash).Arg(keys.Count).Args(keys).Args(values);

    /// <summary>A call with few keys.</summary>
    public RespCommand Call(ReadOnlySpan<string> keys, RespArguments values)
    {
        var names = new RespArguments();
        foreach (var key in keys) names.Add(key);
        return Call(names, values);
    }
}
