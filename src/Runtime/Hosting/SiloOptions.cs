namespace Orleans.Configuration;

/// <summary>The name of a silo.</summary>
public class SiloOptions
{
    /// <summary>Gets or sets the name, for logs and errors. Default: the machine's name and the process id.</summary>
    public string SiloName { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";
}
