using StackExchange.Redis;

namespace Molino.Hosting;

/// <summary>The store's connection for Orleans' own providers: the same text, read by StackExchange.Redis.</summary>
internal static class RedisConfiguration
{
    /// <summary>The one setting that the store has and StackExchange.Redis writes as code.</summary>
    private const string Trust = "sslCa=";

    public static ConfigurationOptions Of(StoreSettings store)
    {
        var parts = store.Redis.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var options = ConfigurationOptions.Parse(string.Join(',', parts.Where(part => !IsTrust(part))));
        if (parts.FirstOrDefault(IsTrust) is { } trust) options.TrustIssuer(trust[Trust.Length..]);
        options.DefaultDatabase = store.StateDatabase ?? options.DefaultDatabase;
        options.AbortOnConnectFail = false; // an outage is waited out, as by the store
        return options;
    }

    private static bool IsTrust(string part) => part.StartsWith(Trust, StringComparison.OrdinalIgnoreCase);
}
