namespace Molino.Runtime.Clients;

/// <summary>How a client's connection to its gateway is. From the client's services.</summary>
public interface IGatewayStatus
{
    /// <summary>Gets why the last try to connect failed, or the last connection ended; null when none did.</summary>
    Exception? LastFailure { get; }
}
