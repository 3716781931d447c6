using Microsoft.Extensions.Options;
using Molino.Runtime.Hostility;
using Orleans.Configuration;

namespace Molino.Runtime;

/// <summary>The options of a silo in one place.</summary>
internal sealed class SiloSettings(
    IOptions<SiloOptions> silo, IOptions<SiloMessagingOptions> messaging, IOptions<GrainCollectionOptions> collection, IOptions<HostileOptions> hostile)
{
    /// <summary>Gets the name.</summary>
    public SiloOptions Silo => silo.Value;

    /// <summary>Gets the settings of calls.</summary>
    public SiloMessagingOptions Messaging => messaging.Value;

    /// <summary>Gets the settings of activations.</summary>
    public GrainCollectionOptions Collection => collection.Value;

    /// <summary>Gets the settings of hostile mode.</summary>
    public HostileOptions Hostile => hostile.Value;
}
