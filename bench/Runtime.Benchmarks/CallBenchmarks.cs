using BenchmarkDotNet.Attributes;

namespace Molino.Runtime.Benchmarks;

[MemoryDiagnoser]
public class CallBenchmarks
{
    private BenchmarkSilo _silo = null!;
    private IPingGrain _grain = null!;
    private IPingGrain _next = null!;
    private ICounterGrain _counter = null!;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _silo = await BenchmarkSilo.StartAsync();
        _grain = _silo.Grains.GetGrain<IPingGrain>("one");
        _next = _silo.Grains.GetGrain<IPingGrain>("two");
        _counter = _silo.Grains.GetGrain<ICounterGrain>("one");
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _silo.DisposeAsync();

    [Benchmark(Baseline = true)]
    public Task NoOp() => _grain.PingAsync();

    [Benchmark]
    public Task Forward() => _grain.ForwardAsync(_next);

    [Benchmark]
    public object MakeReference() => _silo.Grains.GetGrain<IPingGrain>("one");

    [Benchmark]
    public Task WriteState() => _counter.AddAsync(1);
}
