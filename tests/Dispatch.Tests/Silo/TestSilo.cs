using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Core;
using Molino.Dispatch.Tests.Timing;
using Molino.Execution;
using Molino.Hosting;
using Molino.Storage;

namespace Molino.Dispatch.Tests;

/// <summary>A whole silo in the test's process, like <c>MolinoTestHost</c>, with a stage, a store that a restart finds again, and room to wrap services.</summary>
public sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TestFolder? _ownFolder;
    private readonly HeldTime? _clock;
    private bool _stopped;

    private TestSilo(IHost host, Stage stage, TestFolder? ownFolder, HeldTime? clock)
    {
        _host = host;
        _ownFolder = ownFolder;
        _clock = clock;
        Stage = stage;
        Client = new MolinoClient(host.Services.GetRequiredService<IMolinoTransport>(), TimeProvider.System);
    }

    public Stage Stage { get; }

    public MolinoClient Client { get; }

    public IMolinoTransport Transport => Client.Transport;

    public IJobStore Store => _host.Services.GetRequiredService<IJobStore>();

    public string Name => _host.Services.GetRequiredService<SiloInfo>().Id;

    public IServiceProvider Services => _host.Services;

    public static async Task<TestSilo> StartAsync(SiloOptions? options = null, Stage? stage = null)
    {
        options ??= new SiloOptions();
        stage ??= new Stage();
        var own = options.Folder is null ? new TestFolder() : null;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var store = await StoreOfRun.GetAsync();
        builder.Configuration.AddInMemoryCollection([.. store.SettingsFor(own ?? options.Folder!), new("Drain:Timeout", "5")]);
        builder.Configuration.AddInMemoryCollection(options.Settings);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(stage);
        if (options.Clock is not null) builder.Services.AddSingleton<TimeProvider>(options.Clock);
        builder.AddMolino(molino =>
        {
            if (options.KnowsAct) molino.AddJob<ActHandler>(type => Quick(type, options.Type));
            options.Molino?.Invoke(molino);
            if (molino.Pools.Count == 0) molino.AddPool("default", pool => pool.Concurrency = options.Concurrency);
        });
        builder.Services.Configure<ExecutionOptions>(times =>
        {
            times.DrainGrace = TimeSpan.FromSeconds(2); // well above the runner's grace before it abandons a handler
            options.Execution?.Invoke(times);
        });
        options.Services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host, stage, own, options.Clock);
    }

    public Task<JobHandle> SubmitAsync(string name, SubmitOptions? options = null) => Client.SubmitAsync(new ActArgs(name), options);

    /// <summary>Waits for a job's end.</summary>
    public Task<JobView> EndAsync(JobHandle job)
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        return job.WaitAsync(Patience.Limit);
    }

    /// <summary>Submits and waits for the end.</summary>
    public async Task<JobView> RunAsync(string name, SubmitOptions? options = null) => await EndAsync(await SubmitAsync(name, options));

    /// <summary>Waits for a state that a job passes through.</summary>
    public async Task<JobView> UntilAsync(JobHandle job, JobStatus status)
    {
        ObjectDisposedException.ThrowIf(_stopped, this);
        JobView? view = null;
        await Patience.UntilAsync(async () => (view = await job.ViewAsync()).Status == status, $"{job.Id} is {status}");
        return view!;
    }

    /// <summary>Asks for a refusal's code.</summary>
    public static async Task<string> CodeAsync(Func<Task> call) => (await Should.ThrowAsync<JobSystemException>(call)).Code;

    public async Task StopAsync()
    {
        if (_stopped) return;
        _stopped = true;
        var stop = _host.StopAsync();
        while (_clock is not null && !stop.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1)); // what a stop waits for, by its clock
            await Task.Delay(5);
        }

        await stop;
        await ((IAsyncDisposable)_host).DisposeAsync();
        _ownFolder?.Dispose();
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private static void Quick(JobTypeOptions type, Action<JobTypeOptions>? more)
    {
        type.Retry = new RetryPolicy(TimeSpan.FromMilliseconds(10), 1, TimeSpan.FromMilliseconds(10), Jitter: false);
        more?.Invoke(type);
    }
}
