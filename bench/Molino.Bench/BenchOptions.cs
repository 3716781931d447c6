using System.Globalization;

namespace Molino.Bench;

/// <summary>What the command line asks for: <c>[names...] --silo FILE [--other FILE] [--store sqlite|redis] [--transport http|gateway] [--scale 0.1] [--out FILE]</c>.</summary>
internal sealed record BenchOptions(IReadOnlyList<IScenario> Scenarios, string Silo, string? Other, bool IsRedis, bool IsOverGateway, double Scale, string Out)
{
    private static readonly IReadOnlyList<IScenario> All =
    [
        new FloorScenario(), new SubmitScenario(), new DrainScenario(), new SustainedScenario(), new LatencyScenario(), new DelayScenario(),
        new MemoryScenario(), new DiskScenario(), new GrowthScenario(), new CrashScenario(), new ClusterScenario(), new FailoverScenario(),
    ];

    private static readonly CompareScenario Compare = new();

    /// <summary>Reads the command line; null after it has said what is wrong.</summary>
    public static BenchOptions? Parse(string[] args)
    {
        var chosen = new List<IScenario>();
        var (silo, scale, redis, gateway) = ("", 1.0, false, false);
        string? other = null;
        var output = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"molino-bench-{DateTime.UtcNow:yyyyMMdd-HHmmss}.jsonl"));
        for (var i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--silo" when i + 1 < args.Length:
                    silo = args[++i];
                    break;
                case "--other" when i + 1 < args.Length && File.Exists(args[i + 1]):
                    other = Path.GetFullPath(args[++i]);
                    break;
                case "--store" when i + 1 < args.Length && args[i + 1] is "sqlite" or "redis":
                    redis = args[++i] == "redis";
                    break;
                case "--transport" when i + 1 < args.Length && args[i + 1] is "http" or "gateway":
                    gateway = args[++i] == "gateway";
                    break;
                case "--out" when i + 1 < args.Length:
                    output = args[++i];
                    break;
                case "--scale" when i + 1 < args.Length && double.TryParse(args[i + 1], CultureInfo.InvariantCulture, out scale) && scale > 0:
                    i++;
                    break;
                case var name when All.FirstOrDefault(one => one.Name == name) is { } scenario:
                    chosen.Add(scenario);
                    break;
                case "compare" when args.Contains("--other"):
                    chosen.Add(Compare);
                    break;
                default:
                    Console.Error.WriteLine($"'{args[i]}' is not understood. Measurements: {string.Join(' ', All.Select(one => one.Name))}; --store sqlite|redis, --transport http|gateway, --scale X, --out FILE, --silo FILE; compare with --other FILE.");
                    return null;
            }
        }

        if (gateway && !redis)
        {
            Console.Error.WriteLine("--transport gateway needs --store redis: a silo on SQLite has no gateway.");
            return null;
        }

        if (File.Exists(silo)) return new BenchOptions(chosen.Count > 0 ? chosen : All, Path.GetFullPath(silo), other, redis, gateway, scale, output);
        Console.Error.WriteLine("--silo must name molino-silo.dll of a Release build; bench/run.sh does that.");
        return null;
    }
}
