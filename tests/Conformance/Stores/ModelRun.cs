using System.Globalization;

namespace Molino.Conformance.Stores;

/// <summary>One sequence of random calls, made on a store and on a model. Each call is drawn from one number.</summary>
internal sealed class ModelRun(StoreHarness harness)
{
    private static readonly string[] Queues = ["red", "green"];
    private const string Opener = "silo-0/1";

    private readonly string[] _silos = ["silo-1/1", "silo-2/1"];
    private readonly StoreModel _model = new();
    private readonly List<string> _history = [];
    private StoreFaces? _store;
    private ulong _ids = 1;

    private StoreFaces Store => _store ?? throw new InvalidOperationException("Not open.");

    private DateTimeOffset Now => harness.Time.Now;

    public async Task OpenAsync() => _store = await harness.OpenAsync(Opener);

    public async Task StepAsync(int draw)
    {
        var random = new Random(draw);
        await (random.Next(20) switch
        {
            < 6 => SubmitAsync(random),
            < 10 => LeaseAsync(random),
            < 14 => EndAsync(random),
            < 16 => ChangeAsync(random),
            16 => RecoverAsync(random),
            17 => UpkeepAsync(random),
            18 when random.Next(4) == 0 => ReopenAsync(),
            _ => AdvanceAsync(random),
        });
    }

    public async Task CompareAsync()
    {
        var stored = await StoreAudit.CheckAsync(Store.Jobs, Store.Events, CancellationToken.None);
        stored.Count.ShouldBe(_model.Jobs.Count, Story());
        foreach (var job in _model.Jobs.Values) JobText.Of(await Store.Jobs.FindAsync(job.Id, CancellationToken.None)).ShouldBe(JobText.Of(job), Story());
        (await Store.Jobs.TotalsAsync(CancellationToken.None)).RefusedCompletions.ShouldBe(_model.Refused, Story());
    }

    private async Task SubmitAsync(Random random)
    {
        var spec = new JobSpec
        {
            Id = JobId.Create(Now, _ids++ * 0x9E3779B97F4A7C15),
            Type = "noop",
            Args = new byte[random.Next(10) == 0 ? 3000 : 2],
            Queue = Queues[random.Next(2)],
            Priority = random.Next(11),
            CreatedAt = Now,
            Hold = random.Next(8) == 0,
            DueAt = random.Next(3) == 0 ? Now.AddSeconds(random.Next(20)) : null,
            ExpiresAt = random.Next(4) == 0 ? Now.AddSeconds(1 + random.Next(40)) : null,
        };
        await ApplyAsync([JobChange.Submit(spec)], allOrNothing: false);
    }

    private async Task LeaseAsync(Random random)
    {
        TimeSpan? aging = random.Next(3) == 0 ? TimeSpan.FromSeconds(5) : null;
        var request = new LeaseRequest(Queues[random.Next(2)], 1 + random.Next(4), _silos[random.Next(2)], "default", [], aging);
        _history.Add($"lease {request.Max} of {request.Queue} for {request.Silo}, aging {aging}");
        var result = await Store.Jobs.LeaseAsync(request, CancellationToken.None);
        var expected = _model.Lease(request, Now, result.Jobs);
        result.Jobs.Select(JobText.Of).ShouldBe(expected.Select(JobText.Of), Story());
        result.NextDueAt.ShouldBe(_model.NextDue(request.Queue), Story());
    }

    private Task EndAsync(Random random)
    {
        var running = _model.Jobs.Values.Where(job => job.Token != LeaseToken.None).OrderBy(job => job.Sequence).ToList();
        if (running.Count == 0) return Task.CompletedTask;
        var changes = new List<JobChange>();
        for (var count = 1 + random.Next(3); count > 0; count--)
        {
            var job = running[random.Next(running.Count)];
            var token = random.Next(6) == 0 ? new LeaseToken(job.Token.Epoch, 1) : job.Token;
            JobEvent end = random.Next(6) switch
            {
                0 => new JobEvent.AttemptFailed(Now, token, new JobError("T", "m", "d"), random.Next(2) == 0, random.NextDouble()),
                1 => new JobEvent.HandedBack(Now, token, random.Next(2) == 0 ? Now.AddSeconds(3) : null),
                2 => new JobEvent.CancelConfirmed(Now, token),
                3 => new JobEvent.Progressed(Now, token, new JobProgress(random.NextDouble(), "msg", "1"u8.ToArray())),
                _ => new JobEvent.Succeeded(Now, token, new JobResult(JobResult.Json, new byte[random.Next(100)], 7)),
            };
            changes.Add(new JobChange(job.Id, end));
        }

        return ApplyAsync(changes, random.Next(2) == 0);
    }

    private Task ChangeAsync(Random random)
    {
        if (_model.Jobs.Count == 0) return Task.CompletedTask;
        var jobs = _model.Jobs.Values.OrderBy(job => job.Sequence).ToList();
        var changes = new List<JobChange>();
        for (var count = 1 + random.Next(3); count > 0; count--)
        {
            var job = jobs[random.Next(jobs.Count)];
            JobEvent change = random.Next(8) switch
            {
                0 => new JobEvent.CancelRequested(Now, "why"),
                1 => new JobEvent.Reprioritised(Now, random.Next(11), random.Next(2) == 0 ? Queues[random.Next(2)] : null),
                2 => new JobEvent.Rescheduled(Now, Now.AddSeconds(random.Next(10))),
                3 => new JobEvent.HoldReleased(Now),
                4 => new JobEvent.RetriedByHand(Now, random.Next(2) == 0 ? new byte[random.Next(2000)] : null),
                5 => new JobEvent.Archived(Now),
                6 => new JobEvent.Parked(Now),
                _ => new JobEvent.Unparked(Now),
            };
            changes.Add(new JobChange(job.Id, change, random.Next(4) == 0 ? job.Version : null));
        }

        return ApplyAsync(changes, random.Next(2) == 0);
    }

    private async Task ApplyAsync(IReadOnlyList<JobChange> changes, bool allOrNothing)
    {
        _history.Add($"apply {(allOrNothing ? "all of" : "each of")} {string.Join(", ", changes.Select(change => $"{change.Event.Kind} {change.Job}"))}");
        var results = await Store.Jobs.ApplyAsync(changes, allOrNothing, CancellationToken.None);
        var expected = _model.Apply(changes, allOrNothing, results);
        results.Select(Text).ShouldBe(expected.Select(Text), Story());
    }

    private async Task RecoverAsync(Random random)
    {
        var place = random.Next(2);
        var silo = _silos[place];
        _history.Add($"recover {silo}");
        (await Store.Jobs.RecoverAsync(silo, CancellationToken.None)).ShouldBe(_model.Recover(silo, Now), Story());

        // A silo that was given up comes back as a new incarnation.
        _silos[place] = string.Create(CultureInfo.InvariantCulture, $"silo-{place + 1}/{_history.Count + 2}");
    }

    private async Task UpkeepAsync(Random random)
    {
        _history.Add("upkeep");
        if (random.Next(2) == 0)
            (await Store.Upkeep.ExpireAsync(1000, CancellationToken.None)).ShouldBe(_model.Expire(Now), Story());
        else
            (await Store.Upkeep.PromoteDueAsync(1000, CancellationToken.None)).Order(StringComparer.Ordinal).ToList().ShouldBe(_model.PromoteDue(Now), Story());
    }

    private async Task ReopenAsync()
    {
        _history.Add("reopen");
        await harness.CloseAsync();
        await OpenAsync();
        await CompareAsync();
    }

    private Task AdvanceAsync(Random random)
    {
        var by = TimeSpan.FromMilliseconds(random.Next(9000));
        _history.Add(string.Create(CultureInfo.InvariantCulture, $"advance {by}"));
        harness.Time.Advance(by);
        return Task.CompletedTask;
    }

    private static string Text(ChangeResult result) => $"{result.Outcome} {JobText.Of(result.Job)}";

    private string Story() => "History:\n" + string.Join('\n', _history);
}
