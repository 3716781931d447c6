using System.ComponentModel.DataAnnotations;

namespace Molino.Client;

/// <summary>Where Molino is and how its client behaves.</summary>
public sealed class MolinoClientOptions
{
    /// <summary>The address of a server that nothing else is said about.</summary>
    public const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>
    /// <c>http://host:port/base</c>, <c>https://...</c>, or <c>unix:/path/to/socket</c>; <c>user:password@</c> before the host logs in with Basic.
    /// Default <c>http://127.0.0.1:8080</c>.
    /// </summary>
    [Required]
    public string Url { get; set; } = DefaultUrl;

    /// <summary>API key, sent as <c>X-Api-Key</c>. Default none.</summary>
    public string? ApiKey { get; set; }

    /// <summary>User for Basic login; wins over the address. Default none.</summary>
    public string? User { get; set; }

    /// <summary>Password of <see cref="User"/>.</summary>
    public string? Password { get; set; }

    /// <summary>How long to wait for a connection, 0.1 s to 5 minutes. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a server may take to answer, beyond the wait asked of it; 0.1 s to an hour. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait asked of a server in one call; longer ones are repeated. 0.1 s to an hour. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan MaxHold { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// How long calls that can be repeated safely are repeated when the connection breaks or the server says that it is not ready; zero for never.
    /// Up to an hour. Default 15 s, enough for a restart.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The same before any call was answered; null for <see cref="RetryFor"/>. A command line sets zero, to say at once that nobody is there.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan? FirstRetryFor { get; set; }

    /// <summary>Silence after which a stream of events is opened anew, 1 s to an hour. Default 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan StreamSilence { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The clock. Default the system's.</summary>
    [Required]
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
