using System.Globalization;

namespace Molino.Chaos;

/// <summary>What the command line asks for.</summary>
internal sealed record ChaosOptions(int Seed, int Runs, TimeSpan Length, IReadOnlyList<FaultKind> Faults, string Output)
{
    public const string Usage =
        """
        molino-chaos: three silos on a real Redis, seeded faults under load, and a history that is checked against the promises.
          --seed N       the first seed (1)
          --runs N       so many runs, with seeds one after the other (1)
          --seconds N    how long each is under load (45)
          --faults LIST  kill,pause,redis,cutredis,cutpeers,clock,rolling (all)
          --output DIR   where a failing run leaves its history and logs (chaos-output)
        """;

    /// <summary>Reads it.</summary>
    /// <exception cref="FormatException">Something is not understood; the message names it.</exception>
    public static ChaosOptions Read(string[] args)
    {
        var options = new ChaosOptions(1, 1, TimeSpan.FromSeconds(45), FaultPlan.AllKinds, "chaos-output");
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new FormatException($"{args[i]} needs a value.");
            options = args[i] switch
            {
                "--seed" => options with { Seed = Number(args[i], value) },
                "--runs" => options with { Runs = Number(args[i], value) },
                "--seconds" => options with { Length = TimeSpan.FromSeconds(Number(args[i], value)) },
                "--faults" => options with { Faults = [.. value.Split(',').Select(Kind)] },
                "--output" => options with { Output = value },
                _ => throw new FormatException($"'{args[i]}' is not an option."),
            };
        }

        return options;
    }

    private static int Number(string option, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"{option}: '{value}' is not a number.");

    private static FaultKind Kind(string name) =>
        Enum.TryParse<FaultKind>(name, ignoreCase: true, out var kind) ? kind : throw new FormatException($"--faults: '{name}' is not a fault.");
}
