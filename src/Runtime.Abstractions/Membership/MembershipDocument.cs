using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Molino.Runtime.Membership;

/// <summary>Who is in the cluster: the one document that all silos change by compare-and-set.</summary>
/// <param name="Version">Grows by one with each change; 0 for a document never written.</param>
/// <param name="LastIncarnation">The last incarnation given to a silo.</param>
/// <param name="Members">The silos. One that is not listed, or is listed with another incarnation, has been removed and must not write.</param>
public sealed record MembershipDocument(long Version, long LastIncarnation, ImmutableArray<ClusterMember> Members)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <summary>Gets the document of a cluster that nobody has joined yet.</summary>
    public static MembershipDocument Empty { get; } = new(0, 0, []);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="utf8">The JSON, UTF-8.</param>
    /// <returns>The document.</returns>
    /// <exception cref="JsonException">It is no membership document.</exception>
    public static MembershipDocument FromJson(ReadOnlySpan<byte> utf8) =>
        JsonSerializer.Deserialize<MembershipDocument>(utf8, Json) is { Members.IsDefault: false } document ? document : throw new JsonException("The membership document has no members list.");

    /// <summary>Writes the document for a table: <c>{version, lastIncarnation, members: [{name, incarnation, address, gateway, status}]}</c>.</summary>
    /// <returns>The JSON, UTF-8.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <summary>Finds a member.</summary>
    /// <param name="key">Name and incarnation.</param>
    /// <returns>The member, or null.</returns>
    public ClusterMember? Find(SiloKey key) => Members.FirstOrDefault(member => member.Key == key);
}
