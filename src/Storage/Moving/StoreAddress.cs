using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Molino.Core;
using Molino.Storage.Redis;
using Molino.Storage.Sqlite;

namespace Molino.Storage.Moving;

/// <summary>Where a store is, as people type it: <c>sqlite:data/molino.db</c>, <c>redis:127.0.0.1:6379</c>.</summary>
/// <remarks>
/// After <c>redis:</c> comes the connection string of <see cref="RedisStoreOptions.Connection"/>; <c>resultDatabase=N</c> and <c>stateDatabase=N</c> may be among its
/// settings, where the silos have <c>Store:ResultDatabase</c> and <c>Store:StateDatabase</c>.
/// </remarks>
public sealed class StoreAddress
{
    private const string SqliteScheme = "sqlite:";
    private const string RedisScheme = "redis:";

    private readonly Action<IServiceCollection> _register;

    private StoreAddress(string name, string? path, Action<IServiceCollection> register)
    {
        Name = name;
        Path = path;
        _register = register;
    }

    /// <summary>Kind and place, without the password that a connection string may hold.</summary>
    public string Name { get; }

    /// <summary>The file of a store in SQLite, absolute; null for one in Redis.</summary>
    internal string? Path { get; }

    /// <summary>Reads an address.</summary>
    /// <param name="text">The address.</param>
    /// <param name="cluster">What the keys of a store in Redis start with (<see cref="RedisStoreOptions.Prefix"/>): the cluster's id, unless the silos have <c>Store:Prefix</c>.</param>
    /// <exception cref="JobSystemException"><see cref="ErrorCodes.InvalidRequest"/>: it is none.</exception>
    public static StoreAddress Parse(string text, string cluster)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsPrefix(cluster)) throw Invalid($"'{cluster}' is not what keys of a store in Redis start with, {RedisStoreOptions.PrefixPattern}.");
        if (text.StartsWith(SqliteScheme, StringComparison.OrdinalIgnoreCase) && text.Length > SqliteScheme.Length)
        {
            var path = System.IO.Path.GetFullPath(text[SqliteScheme.Length..]);
            return new StoreAddress("sqlite:" + path, path, services => services.AddSqliteStore(options => options.Path = path));
        }

        if (text.StartsWith(RedisScheme, StringComparison.OrdinalIgnoreCase) && text.Length > RedisScheme.Length) return Redis(text[RedisScheme.Length..], cluster);
        throw Invalid($"'{text}' is not a store; write sqlite:PATH or redis:HOST:PORT.");
    }

    /// <summary>The services of the store; nothing is opened yet.</summary>
    internal ServiceProvider Build()
    {
        var services = new ServiceCollection();
        _register(services);
        return services.BuildServiceProvider();
    }

    private static StoreAddress Redis(string text, string cluster)
    {
        var parts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ToList();
        var content = Take(parts, "resultDatabase=");
        var state = Take(parts, "stateDatabase=");
        var connection = string.Join(',', parts);
        return new StoreAddress($"redis:{parts.FirstOrDefault()}, cluster {cluster}", null, services => services.AddRedisStore(options =>
        {
            options.Connection = connection;
            options.Prefix = cluster;
            options.ContentDatabase = content;
            options.StateDatabase = state;
            options.MustExist = true;
            options.Timeout = TimeSpan.FromSeconds(10);
        }));
    }

    private static int? Take(List<string> parts, string name)
    {
        var at = parts.FindIndex(part => part.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0) return null;
        var text = parts[at][name.Length..];
        parts.RemoveAt(at);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Invalid($"{name}{text}: '{text}' is not the number of a database.");
    }

    private static bool IsPrefix(string text) => text.Length > 0 && new RegularExpressionAttribute(RedisStoreOptions.PrefixPattern).IsValid(text);

    private static JobSystemException Invalid(string message) => new(ErrorCodes.InvalidRequest, message);
}
