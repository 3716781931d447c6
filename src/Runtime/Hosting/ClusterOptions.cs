namespace Orleans.Configuration;

/// <summary>The identity of a cluster and of the service that it runs.</summary>
public class ClusterOptions
{
    /// <summary>Gets or sets the identity of the cluster. Default <c>default</c>.</summary>
    public string ClusterId { get; set; } = "default";

    /// <summary>Gets or sets the identity of the service, which outlives clusters: storage is named by it. Default <c>default</c>.</summary>
    public string ServiceId { get; set; } = "default";
}
