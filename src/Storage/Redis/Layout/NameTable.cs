using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Molino.Core;
using Molino.Storage.Packing;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Layout;

/// <summary>
/// Codes for names that repeat. A code is drawn from the name itself, not counted: after a server has lost its last writes, a name gets the same code again.
/// </summary>
internal sealed class NameTable(StoreKeys keys) : IPackNames
{
    /// <summary>Codes have 21 bits: three bytes, also in the form of seven bits each.</summary>
    private const uint MaxCode = (1 << 21) - 1;

    private readonly ConcurrentDictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _names = new();

    /// <inheritdoc/>
    public int CodeOf(string name) => _codes.GetValueOrDefault(name);

    /// <summary>The code of a name that <see cref="EnsureAsync"/> has been asked for.</summary>
    public int RequiredCodeOf(string name) => _codes.TryGetValue(name, out var code) ? code : throw new InvalidOperationException($"The name '{name}' has no code yet.");

    /// <inheritdoc/>
    public string NameOf(int code) =>
        _names.TryGetValue(code, out var name) ? name : throw new StoreException(ErrorCodes.StoreCorrupt, $"A record uses the name with code {code}, which the store does not have.");

    public bool Knows(string name) => _codes.ContainsKey(name);

    /// <summary>Gives a name its code, when it has none.</summary>
    /// <param name="name">The name.</param>
    /// <param name="send">Sends a command that must succeed.</param>
    public async Task EnsureAsync(string name, Func<RespCommand, Task<Reply>> send)
    {
        for (uint salt = 0; !_codes.ContainsKey(name); salt++)
        {
            var code = Draw(name, salt);
            var field = code.ToString(CultureInfo.InvariantCulture);
            var isNew = (await send(RespCommand.Of("HSETNX", keys.Names, field, name)).ConfigureAwait(false)).Number == 1;
            var known = isNew ? name : (await send(RespCommand.Of("HGET", keys.Names, field)).ConfigureAwait(false)).Text;
            Learn(code, known);
        }
    }

    /// <summary>Loads all names; those known here that the server has lost are given to it again.</summary>
    public async Task LoadAsync(Func<RespCommand, Task<Reply>> send)
    {
        foreach (var (code, name) in _names) await send(RespCommand.Of("HSETNX", keys.Names, code.ToString(CultureInfo.InvariantCulture), name)).ConfigureAwait(false);
        var all = (await send(RespCommand.Of("HGETALL", keys.Names)).ConfigureAwait(false)).Items;
        for (var i = 0; i + 1 < all.Length; i += 2) Learn((int)all[i].Number, all[i + 1].Text);
    }

    /// <summary>Forgets all: another store is behind the keys.</summary>
    public void Clear()
    {
        _codes.Clear();
        _names.Clear();
    }

    /// <summary>The FNV-1a hash of a name, folded to 21 bits; never zero.</summary>
    private static int Draw(string name, uint salt)
    {
        var hash = 2166136261 ^ (salt * 0x9E3779B9);
        foreach (var part in Encoding.UTF8.GetBytes(name)) hash = (hash ^ part) * 16777619;
        return (int)((((hash >> 21) ^ hash) & MaxCode) is > 0 and var code ? code : 1);
    }

    private void Learn(int code, string name)
    {
        _names[code] = name;
        _codes.TryAdd(name, code);
    }
}
