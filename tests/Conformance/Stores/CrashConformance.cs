using System.Diagnostics;
using System.Globalization;

namespace Molino.Conformance.Stores;

/// <summary>A real process is killed while it commits, again and again: nothing that it was answered is lost, and no batch is there in part.</summary>
public abstract class CrashConformance : StoreSuite
{
    [Fact]
    public async Task Kill_WhileCommitting_KeepsAllThatWasAnsweredAndNoHalfBatch()
    {
        await Harness.CloseAsync();
        for (var seed = 1; seed <= 6; seed++)
        {
            var answers = await RunAndKillAsync(seed, afterLines: 40 + (seed * 97 % 300));
            await ReopenAsync("silo-after/" + seed.ToString(CultureInfo.InvariantCulture));
            var jobs = await StoreAudit.CheckAsync(Jobs, Events, Stop);
            CheckBatches(seed, answers, jobs);
            CheckWork(seed, answers, jobs);
            foreach (var silo in await Jobs.LeaseHoldersAsync(Stop)) await Jobs.RecoverAsync(silo, Stop);
            jobs = await StoreAudit.CheckAsync(Jobs, Events, Stop);
            jobs.Values.ShouldNotContain(job => job.Status == JobStatus.Running);
            await Harness.CloseAsync();
        }
    }

    private static void CheckBatches(int seed, List<string[]> answers, Dictionary<JobId, Job> jobs)
    {
        foreach (var task in (int[])[0, 1])
        {
            var answered = answers.Where(line => line[0] == "batch" && line[1] == task.ToString(CultureInfo.InvariantCulture)).Select(line => int.Parse(line[2], CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max();
            for (var number = 0; number <= answered; number++)
                CrashWriter.Batch(seed, task, number).ShouldAllBe(id => jobs.ContainsKey(id), $"seed {seed}, batch {number} of task {task} was answered");
            var next = CrashWriter.Batch(seed, task, answered + 1).ToList();
            next.Count(jobs.ContainsKey).ShouldBeOneOf([0, next.Count], $"seed {seed}, batch {answered + 1} of task {task} is there in part");
        }
    }

    private static void CheckWork(int seed, List<string[]> answers, Dictionary<JobId, Job> jobs)
    {
        foreach (var line in answers.Where(line => line[0] is "done" or "lease"))
        {
            JobId.TryParse(line[1], out var id).ShouldBeTrue();
            var job = jobs[id];
            if (line[0] == "done") job.Status.ShouldBe(JobStatus.Succeeded, $"seed {seed}: the end of {id} was answered");
            else job.Token.Epoch.ShouldBeGreaterThanOrEqualTo(int.Parse(line[2], CultureInfo.InvariantCulture), $"seed {seed}: the lease of {id} was answered");
        }
    }

    private async Task<List<string[]>> RunAndKillAsync(int seed, int afterLines)
    {
        using var child = Process.Start(Harness.CrashChild(seed)).ShouldNotBeNull();
        var answers = new List<string[]>();
        while (await child.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            answers.Add(line.Split(' '));
            if (answers.Count == afterLines) child.Kill();
        }

        await child.WaitForExitAsync(Stop);
        answers.Count.ShouldBeGreaterThanOrEqualTo(afterLines, "the child ended by itself");

        // The last line may have been cut by the kill.
        if (answers[^1] is not ["batch", _, _] and not ["done", { Length: JobId.TextLength }] and not ["lease", { Length: JobId.TextLength }, _]) answers.RemoveAt(answers.Count - 1);
        return answers;
    }
}
