namespace Molino.Runtime.Membership;

/// <summary>A silo without a cluster: always a member, in its only life.</summary>
/// <param name="settings">The options.</param>
internal sealed class SoloSilo(SiloSettings settings) : ILocalSilo
{
    /// <inheritdoc/>
    public SiloKey Key => new(settings.Silo.SiloName, 0);

    /// <inheritdoc/>
    public bool MayWrite => true;

    /// <inheritdoc/>
    public CancellationToken Life => CancellationToken.None;
}
