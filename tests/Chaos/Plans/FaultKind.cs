namespace Molino.Chaos;

/// <summary>What is done to the cluster.</summary>
internal enum FaultKind
{
    /// <summary>kill -9 of a silo, started again after a while.</summary>
    Kill,

    /// <summary>SIGSTOP of a silo for 15 s.</summary>
    Pause,

    /// <summary>kill -9 of Redis, started again after a while.</summary>
    Redis,

    /// <summary>A silo is cut off from Redis.</summary>
    CutRedis,

    /// <summary>Two silos are cut off from each other.</summary>
    CutPeers,

    /// <summary>A silo's wall clock is stepped, and stepped back.</summary>
    Clock,

    /// <summary>All silos are stopped cleanly and started again, one after the other.</summary>
    Rolling,
}
