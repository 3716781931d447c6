namespace Molino.Bench;

/// <summary>The embedded default: a file in the silo's folder.</summary>
internal sealed class SqliteBenchStore : BenchStore
{
    public override IReadOnlyList<string> Settings(string folder, int siloPort) => [];

    public override Task<long> BytesAsync(string folder) => Task.FromResult(new DirectoryInfo(folder).EnumerateFiles("molino.db*").Sum(file => file.Length));

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
