namespace Molino.Storage.Sqlite.Tests.Packing;

/// <summary>Jobs with every field drawn at random, also such as no transition makes.</summary>
internal static class RandomJobs
{
    public static Job Make(int seed)
    {
        var random = new Random(seed);
        var created = new DateTimeOffset(random.NextInt64(DateTimeOffset.UnixEpoch.Ticks, new DateTime(2200, 1, 1).Ticks), TimeSpan.Zero);
        var spec = new JobSpec
        {
            Id = JobId.Create(created, (ulong)random.NextInt64(long.MinValue, long.MaxValue)),
            Type = Text(random, 1),
            Args = Bytes(random),
            Queue = Text(random, 1),
            Priority = random.Next(11),
            CreatedAt = created,
            DueAt = Time(random),
            ExpiresAt = Time(random),
            MaxAttempts = random.Next(2) == 0 ? RetryPolicy.DefaultMaxAttempts : random.Next(1, 1000),
            Retry = random.Next(2) == 0
                ? RetryPolicy.Default
                : new RetryPolicy(TimeSpan.FromTicks(random.NextInt64(1L << 40)), 1 + random.NextDouble(), TimeSpan.FromTicks(random.NextInt64(1L << 50)), random.Next(2) == 0),
            TimeLimits = random.Next(2) == 0 ? TimeLimits.Default : new TimeLimits(TimeSpan.FromTicks(random.NextInt64(1L << 50)), TimeSpan.FromTicks(random.NextInt64(1L << 40))),
            IdempotencyKey = random.Next(2) == 0 ? null : Text(random, 0),
            Tags = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Text(random, 0))],
            Hold = random.Next(2) == 0,
        };
        return new Job
        {
            Spec = spec,
            Sequence = random.NextInt64(1, long.MaxValue),
            Version = random.Next(1, int.MaxValue),
            Status = (JobStatus)random.Next(8),
            Queue = Text(random, 1),
            Priority = random.Next(11),
            DueAt = Time(random),
            Attempt = random.Next(3) * random.Next(1000),
            Token = random.Next(2) == 0 ? LeaseToken.None : new LeaseToken(random.Next(), (ulong)random.NextInt64(long.MinValue, long.MaxValue)),
            Losses = random.Next(4),
            Silo = random.Next(2) == 0 ? null : Text(random, 1),
            Pool = random.Next(2) == 0 ? null : Text(random, 1),
            StartedAt = Time(random),
            FinishedAt = Time(random),
            CancelRequestedAt = Time(random),
            CancelReason = random.Next(2) == 0 ? null : Text(random, 0),
            Error = Error(random),
            Progress = random.Next(2) == 0 ? null : new JobProgress(random.Next(2) == 0 ? null : random.NextDouble(), random.Next(2) == 0 ? null : Text(random, 0), Bytes(random)),
            Result = random.Next(2) == 0 ? null : new JobResult(random.Next(2) == 0 ? JobResult.Json : Text(random, 1), Bytes(random), random.NextInt64(long.MaxValue), random.Next(), random.Next(2) == 0),
            History = [.. Enumerable.Range(0, random.Next(Job.MaxHistory + 1)).Select(_ => new Attempt(
                random.Next(100), Text(random, 0), Time(random) ?? created, Time(random) ?? created, (AttemptOutcome)random.Next(5), Error(random)))],
            Held = random.Next(2) == 0,
            Archived = random.Next(2) == 0,
        };
    }

    private static JobError? Error(Random random) =>
        random.Next(2) == 0 ? null : new JobError(Text(random, 1), Text(random, 0), random.Next(2) == 0 ? null : Text(random, 0));

    private static DateTimeOffset? Time(Random random) =>
        random.Next(2) == 0 ? null : new DateTimeOffset(random.NextInt64(DateTimeOffset.MaxValue.UtcTicks), TimeSpan.Zero);

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(5) == 0 ? random.Next(5000) : random.Next(10)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static string Text(Random random, int least) =>
        string.Concat(Enumerable.Range(0, least + random.Next(12)).Select(_ => "abz09-_ é漢🙂\n"[random.Next(9)]));
}
