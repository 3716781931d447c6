namespace Molino.Chaos;

/// <summary>Which faults come when and to whom: a function of the seed alone.</summary>
internal sealed record FaultPlan(int Seed, TimeSpan Length, bool FsyncAlways, IReadOnlyList<Fault> Faults)
{
    public const int Silos = 3;

    private const double FirstAt = 3;
    private const double RollingTakes = 12;

    /// <summary>All kinds, as a run has them unless told otherwise.</summary>
    public static IReadOnlyList<FaultKind> AllKinds { get; } = Enum.GetValues<FaultKind>();

    /// <summary>Makes the plan of a seed. Odd seeds run Redis with fsync every second, even ones with fsync at every write.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="length">How long the load lasts.</param>
    /// <param name="kinds">The kinds of faults; each comes up before any comes again.</param>
    public static FaultPlan Create(int seed, TimeSpan length, IReadOnlyList<FaultKind> kinds)
    {
        var random = new Random(seed);
        var faults = new List<Fault>();
        var order = new Queue<FaultKind>();
        for (var at = FirstAt; at < length.TotalSeconds - 2;)
        {
            if (order.Count == 0) order = new Queue<FaultKind>(Shuffled(random, kinds));
            var fault = Draw(random, faults.Count + 1, order.Dequeue(), at);
            faults.Add(fault);

            // Most faults come one after the other; some while the one before still lasts. A rolling restart has the cluster for itself.
            var overlaps = random.Next(100) < 35 && fault.Kind != FaultKind.Rolling && !(order.TryPeek(out var next) && next == FaultKind.Rolling);
            at += overlaps ? 0.5 + (random.NextDouble() * 2) : Takes(fault) + 1 + (random.NextDouble() * 4);
        }

        return new FaultPlan(seed, length, seed % 2 == 0, faults);
    }

    /// <summary>The plan as text, one fault a line.</summary>
    public override string ToString() =>
        $"seed {Seed}: {Length.TotalSeconds:0} s, Redis with appendfsync {(FsyncAlways ? "always" : "everysec")}\n{string.Join('\n', Faults.Select(fault => "  " + fault))}";

    private static double Takes(Fault fault) => fault.Kind == FaultKind.Rolling ? RollingTakes : fault.Length;

    private static Fault Draw(Random random, int number, FaultKind kind, double at)
    {
        var node = random.Next(1, Silos + 1);
        var cut = random.Next(2) == 0 ? CutKind.Reset : CutKind.Silent;
        double Between(double least, double most) => Math.Round(least + (random.NextDouble() * (most - least)), 1);
        at = Math.Round(at, 1);
        return kind switch
        {
            FaultKind.Kill => new Fault(number, kind, at, Between(0.5, 9), node),
            FaultKind.Pause => new Fault(number, kind, at, 15, node),
            FaultKind.Redis => new Fault(number, kind, at, Between(0.1, 4)),
            FaultKind.CutRedis => new Fault(number, kind, at, Between(1, 12), node, Cut: cut),
            FaultKind.CutPeers => new Fault(number, kind, at, Between(2, 12), node, Other: (node % Silos) + 1, Cut: cut),
            FaultKind.Clock => new Fault(number, kind, at, Between(4, 10), node, Step: random.Next(2) == 0 ? random.Next(5, 7200) : -random.Next(5, 7200)),
            _ => new Fault(number, kind, at, 0),
        };
    }

    private static FaultKind[] Shuffled(Random random, IReadOnlyList<FaultKind> kinds)
    {
        var shuffled = kinds.ToArray();
        random.Shuffle(shuffled);
        return shuffled;
    }
}
