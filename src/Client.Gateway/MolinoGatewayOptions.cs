using System.ComponentModel.DataAnnotations;
using Molino.Client.Gateway;

namespace Molino.Client;

/// <summary>Where a cluster's gateways are and how the client behaves; checked by <see cref="MolinoGatewayOptionsValidator"/>.</summary>
public sealed class MolinoGatewayOptions
{
    /// <summary>The cluster's id, <c>Cluster:Id</c> of the silos. Default <c>molino</c>.</summary>
    [Required]
    public string ClusterId { get; set; } = "molino";

    /// <summary>
    /// Silos as <c>host:port</c>, the port being <c>Cluster:GatewayPort</c>, or <c>Cluster:SiloPort</c> where that is not set. One that lives is enough: it names the others.
    /// At least one; the first to be tried is drawn.
    /// </summary>
    [Required, MinLength(1)]
    public IList<string> Gateways { get; } = [];

    /// <summary>The secret of the cluster, <c>Cluster:Secret</c> of the silos. Who has it may do everything. Null (default) for none, on loopback only.</summary>
    public string? Secret { get; set; }

    /// <summary>How long to wait for a first connection, and for a new one before a call is given up; 0.1 s to 5 minutes. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the gateway may take to answer a call, the wait asked of it included; 0.1 s to an hour, and more than <see cref="MaxHold"/>. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait asked of the gateway in one call; longer ones are repeated. 0.1 s to 20 s. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:20")]
    public TimeSpan MaxHold { get; set; } = GatewayLimits.LongestWait;

    /// <summary>
    /// How long calls that can be repeated safely are repeated when the connection breaks or the silo says that it is not ready; zero for never. Up to an hour.
    /// Default 15 s, as over HTTP.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The clock. Default the system's.</summary>
    [Required]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
