namespace Molino.Bench;

/// <summary>One group of measurements, on silo processes of its own.</summary>
internal interface IScenario
{
    /// <summary>Its name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures and reports.</summary>
    Task RunAsync(BenchContext context);
}
