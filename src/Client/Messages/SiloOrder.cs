namespace Molino.Client;

/// <summary>What an operator asks of a silo.</summary>
public enum SiloOrder
{
    /// <summary>Take no more work; what runs ends, and is handed back after <c>Drain:Timeout</c>. The silo stays up.</summary>
    Drain,

    /// <summary>Take work again.</summary>
    Resume,

    /// <summary>Drain, then end the process with exit code 0.</summary>
    Shutdown,
}
