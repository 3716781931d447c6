namespace Orleans.Configuration;

/// <summary>Options of calls of a client.</summary>
public class ClientMessagingOptions : MessagingOptions
{
}
