namespace Molino.Storage.Redis.Connections;

/// <summary>A connection ended before a command's reply came.</summary>
/// <param name="message">Why.</param>
/// <param name="inner">The cause.</param>
internal sealed class ConnectionLostException(string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether the server may have got the command.</summary>
    public bool MaybeSent { get; init; }
}
