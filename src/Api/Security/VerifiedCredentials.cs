using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Molino.Api;

/// <summary>
/// Remembers for a short time which credentials were right, so that a request does not cost a password hash. Another silo's change of users
/// therefore takes effect here within <see cref="Lifetime"/>. Only hashes with a random key of this process are held.
/// </summary>
/// <param name="time">Measures age.</param>
internal sealed class VerifiedCredentials(TimeProvider time)
{
    /// <summary>How long a credential is remembered: 30 s.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private const int Most = 1000;

    private readonly ConcurrentDictionary<UInt128, (Caller Caller, long At)> _entries = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Looks a credential up.</summary>
    /// <param name="credential">The credential.</param>
    /// <returns>Null when it is not known, or no longer.</returns>
    public Caller? Find(Credential credential)
    {
        var key = KeyOf(credential);
        if (!_entries.TryGetValue(key, out var entry)) return null;
        if (time.GetElapsedTime(entry.At) < Lifetime) return entry.Caller;
        _entries.TryRemove(new(key, entry));
        return null;
    }

    /// <summary>Remembers a credential that was right.</summary>
    /// <param name="credential">The credential.</param>
    /// <param name="caller">Whose it is.</param>
    public void Add(Credential credential, Caller caller)
    {
        if (_entries.Count >= Most) _entries.Clear();
        _entries[KeyOf(credential)] = (caller, time.GetTimestamp());
    }

    /// <summary>Forgets a user's credentials.</summary>
    /// <param name="name">The user.</param>
    public void Forget(string name)
    {
        foreach (var entry in _entries)
            if (entry.Value.Caller.Name == name) _entries.TryRemove(entry);
    }

    private UInt128 KeyOf(Credential credential)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{credential.Kind}\n{credential.Name}\n{credential.Secret}"), hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
