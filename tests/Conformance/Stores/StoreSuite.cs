using Molino.Clustering;

namespace Molino.Conformance.Stores;

/// <summary>What all suites share: a fresh store for each test, and short ways to submit, lease and end jobs.</summary>
public abstract class StoreSuite : IAsyncLifetime
{
    protected const string Silo = "silo-1/1";
    protected const string Pool = "default";
    protected const string Queue = "default";

    private ulong _ids = 1;
    private StoreFaces? _faces;

    protected StoreHarness Harness { get; private set; } = null!;

    protected ManualTime Time => Harness.Time;

    protected DateTimeOffset Now => Time.Now;

    protected IJobStore Jobs => Faces.Jobs;

    protected IJobContentStore Content => Faces.Content;

    protected IEventLog Events => Faces.Events;

    protected IStoreUpkeep Upkeep => Faces.Upkeep;

    protected IStateStore State => Faces.State;

    protected IReminderTable Reminders => Faces.Reminders;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    private StoreFaces Faces => _faces ?? throw new InvalidOperationException("The store is not open.");

    public async ValueTask InitializeAsync()
    {
        Harness = CreateHarness();
        _faces = await Harness.OpenAsync(Silo);
    }

    public async ValueTask DisposeAsync()
    {
        await Harness.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the harness of one test, with a store that is empty and was never used.</summary>
    protected abstract StoreHarness CreateHarness();

    protected async Task ReopenAsync(string silo = Silo)
    {
        await Harness.CloseAsync();
        _faces = await Harness.OpenAsync(silo);
    }

    protected JobSpec Spec(Func<JobSpec, JobSpec>? change = null)
    {
        var id = JobId.Create(Now, _ids++ * 0x9E3779B97F4A7C15);
        var spec = new JobSpec { Id = id, Type = "noop", Args = "{}"u8.ToArray(), Queue = Queue, CreatedAt = Now };
        return change is null ? spec : change(spec);
    }

    protected async Task<Job> SubmitAsync(Func<JobSpec, JobSpec>? change = null) => await SubmitAsync(Spec(change));

    protected async Task<Job> SubmitAsync(JobSpec spec)
    {
        var result = await ApplyAsync(JobChange.Submit(spec));
        result.Outcome.ShouldBe(ChangeOutcome.Applied);
        return result.Job.ShouldNotBeNull();
    }

    protected async Task<List<Job>> SubmitManyAsync(int count, Func<JobSpec, int, JobSpec>? change = null)
    {
        var jobs = new List<Job>();
        foreach (var batch in Enumerable.Range(0, count).Chunk(1000))
        {
            var specs = batch.Select(i => change is null ? Spec() : change(Spec(), i)).Select(JobChange.Submit).ToArray();
            var results = await Jobs.ApplyAsync(specs, allOrNothing: true, Stop);
            results.ShouldAllBe(result => result.Outcome == ChangeOutcome.Applied);
            jobs.AddRange(results.Select(result => result.Job.ShouldNotBeNull()));
        }

        return jobs;
    }

    protected async Task<ChangeResult> ApplyAsync(JobChange change) => (await Jobs.ApplyAsync([change], allOrNothing: false, Stop)).ShouldHaveSingleItem();

    protected Task<ChangeResult> ApplyAsync(Job job, JobEvent change, int? version = null) => ApplyAsync(new JobChange(job.Id, change, version));

    protected Task<LeaseResult> LeaseRawAsync(int max, string queue = Queue, string silo = Silo, TimeSpan? aging = null, params JobChange[] completions) =>
        Jobs.LeaseAsync(new LeaseRequest(queue, max, silo, Pool, completions, aging), Stop);

    protected async Task<List<Job>> LeaseAsync(int max, string queue = Queue, string silo = Silo, TimeSpan? aging = null) =>
        [.. (await LeaseRawAsync(max, queue, silo, aging)).Jobs];

    protected async Task<Job> LeaseOneAsync(string queue = Queue, string silo = Silo) => (await LeaseAsync(1, queue, silo)).ShouldHaveSingleItem();

    protected async Task<Job> FindAsync(JobId id) => (await Jobs.FindAsync(id, Stop)).ShouldNotBeNull();

    protected JobChange Succeed(Job job, string result = "null") => new(job.Id, new JobEvent.Succeeded(Now, job.Token, Result(result)));

    protected JobChange FailForGood(Job job, string message = "no") =>
        new(job.Id, new JobEvent.AttemptFailed(Now, job.Token, new JobError("Test", message), Permanent: true, 0));

    protected static JobResult Result(string json)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(json);
        return new JobResult(JobResult.Json, bytes, bytes.Length);
    }

    protected async Task<Job> FinishAsync(Func<JobSpec, JobSpec>? change = null, string result = "null")
    {
        var submitted = await SubmitAsync(change);
        var job = await LeaseOneAsync(submitted.Queue);
        job.Id.ShouldBe(submitted.Id);
        return (await ApplyAsync(Succeed(job, result))).Job.ShouldNotBeNull();
    }
}
