using Orleans.Hosting;

namespace Molino.Runtime.Benchmarks;

/// <summary>The embedded runtime.</summary>
internal static class BenchmarkRuntime
{
    public const string Name = "embedded runtime";

    /// <summary>Makes a silo the only one.</summary>
    public static ISiloBuilder UseAlone(this ISiloBuilder silo) => silo;
}
