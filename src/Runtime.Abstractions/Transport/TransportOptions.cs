using System.ComponentModel.DataAnnotations;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Molino.Runtime.Transport;

/// <summary>Connections between silos, and between clients and silos.</summary>
public sealed class TransportOptions
{
    /// <summary>Gets or sets the secret that all silos and clients of the cluster share; each side proves that it has it. Null (default) for none, on loopback only.</summary>
    public string? Secret { get; set; }

    /// <summary>Gets or sets the certificate of this silo; with it all its connections use TLS. Null (default) for none.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Gets or sets a value indicating whether connections that this side opens use TLS. Default: whether there is a <see cref="Certificate"/>.</summary>
    public bool? UseTls { get; set; }

    /// <summary>Gets or sets the check of the other side's certificate. Null (default) for the usual one of the platform.</summary>
    public RemoteCertificateValidationCallback? ValidateCertificate { get; set; }

    /// <summary>Gets or sets the largest message in bytes; larger ones fail the call that sends them. From 64 KiB to 256 MiB. Default 16 MiB.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024)]
    public int MaxFrameBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets or sets how many messages may wait for one connection; further calls fail with <see cref="Orleans.Runtime.LimitExceededException"/>. Default 20,000.</summary>
    [Range(100, 10_000_000)]
    public int MaxWaitingMessages { get; set; } = 20_000;

    /// <summary>Gets or sets how long a call waits to be sent, or for a connection, before it fails. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets how long a connection may take to open. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the time after which a quiet side says that it lives; after three of them without a sign the connection ends. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan KeepAlivePeriod { get; set; } = TimeSpan.FromSeconds(5);
}
