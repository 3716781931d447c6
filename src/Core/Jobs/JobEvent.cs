using Orleans;

namespace Molino.Core;

/// <summary>Something that happened to a job. The nested records are all there is; <see cref="JobTransitions"/> says which are legal when.</summary>
/// <param name="At">When it happened, UTC; the store's time where the store decides.</param>
[GenerateSerializer, Immutable, Alias("job.event.v1")]
public abstract record JobEvent([property: Id(0)] DateTimeOffset At)
{
    /// <summary>Which event this is.</summary>
    public abstract JobEventKind Kind { get; }

    /// <summary>The lease token that the event must match; null for events that need no lease.</summary>
    public virtual LeaseToken? RequiredToken => null;

    /// <summary>See <see cref="JobEventKind.Submitted"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Spec">What was submitted.</param>
    [GenerateSerializer, Immutable, Alias("job.event.submitted.v1")]
    public sealed record Submitted(DateTimeOffset At, [property: Id(0)] JobSpec Spec) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Submitted;
    }

    /// <summary>See <see cref="JobEventKind.HoldReleased"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.hold-released.v1")]
    public sealed record HoldReleased(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.HoldReleased;
    }

    /// <summary>See <see cref="JobEventKind.ParentsFinished"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.parents-finished.v1")]
    public sealed record ParentsFinished(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.ParentsFinished;
    }

    /// <summary>See <see cref="JobEventKind.Parked"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.parked.v1")]
    public sealed record Parked(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Parked;
    }

    /// <summary>See <see cref="JobEventKind.Unparked"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.unparked.v1")]
    public sealed record Unparked(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Unparked;
    }

    /// <summary>See <see cref="JobEventKind.BecameDue"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.became-due.v1")]
    public sealed record BecameDue(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.BecameDue;
    }

    /// <summary>See <see cref="JobEventKind.Reprioritised"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Priority">The new priority, 0 to 10; null to leave it.</param>
    /// <param name="Queue">The new queue; null to leave it.</param>
    [GenerateSerializer, Immutable, Alias("job.event.reprioritised.v1")]
    public sealed record Reprioritised(DateTimeOffset At, [property: Id(0)] int? Priority, [property: Id(1)] string? Queue) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Reprioritised;
    }

    /// <summary>See <see cref="JobEventKind.Rescheduled"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="DueAt">The new due time, UTC; not after <paramref name="At"/> means at once.</param>
    [GenerateSerializer, Immutable, Alias("job.event.rescheduled.v1")]
    public sealed record Rescheduled(DateTimeOffset At, [property: Id(0)] DateTimeOffset DueAt) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Rescheduled;
    }

    /// <summary>See <see cref="JobEventKind.Leased"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Nonce">64 random bits for the new lease token.</param>
    /// <param name="Silo">Who leases.</param>
    /// <param name="Pool">The pool that will run it.</param>
    [GenerateSerializer, Immutable, Alias("job.event.leased.v1")]
    public sealed record Leased(DateTimeOffset At, [property: Id(0)] ulong Nonce, [property: Id(1)] string Silo, [property: Id(2)] string Pool) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Leased;
    }

    /// <summary>See <see cref="JobEventKind.Progressed"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The attempt's lease token.</param>
    /// <param name="Progress">How far it has come.</param>
    [GenerateSerializer, Immutable, Alias("job.event.progressed.v1")]
    public sealed record Progressed(DateTimeOffset At, [property: Id(0)] LeaseToken Token, [property: Id(1)] JobProgress Progress) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Progressed;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.Succeeded"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The attempt's lease token.</param>
    /// <param name="Result">The result.</param>
    [GenerateSerializer, Immutable, Alias("job.event.succeeded.v1")]
    public sealed record Succeeded(DateTimeOffset At, [property: Id(0)] LeaseToken Token, [property: Id(1)] JobResult Result) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Succeeded;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.AttemptFailed"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The attempt's lease token.</param>
    /// <param name="Error">What went wrong.</param>
    /// <param name="Permanent">Whether another attempt cannot help.</param>
    /// <param name="Jitter">A random fraction from 0 (inclusive) to 1 (exclusive), for the wait before a retry.</param>
    [GenerateSerializer, Immutable, Alias("job.event.attempt-failed.v1")]
    public sealed record AttemptFailed(
        DateTimeOffset At,
        [property: Id(0)] LeaseToken Token,
        [property: Id(1)] JobError Error,
        [property: Id(2)] bool Permanent,
        [property: Id(3)] double Jitter) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.AttemptFailed;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.LeaseLost"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The token of the lost lease.</param>
    [GenerateSerializer, Immutable, Alias("job.event.lease-lost.v1")]
    public sealed record LeaseLost(DateTimeOffset At, [property: Id(0)] LeaseToken Token) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.LeaseLost;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.HandedBack"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The attempt's lease token.</param>
    /// <param name="DueAt">When it may run again, UTC (a snooze); null for at once.</param>
    [GenerateSerializer, Immutable, Alias("job.event.handed-back.v1")]
    public sealed record HandedBack(DateTimeOffset At, [property: Id(0)] LeaseToken Token, [property: Id(1)] DateTimeOffset? DueAt = null) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.HandedBack;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.CancelRequested"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Reason">Why, for people; null when nobody said.</param>
    [GenerateSerializer, Immutable, Alias("job.event.cancel-requested.v1")]
    public sealed record CancelRequested(DateTimeOffset At, [property: Id(0)] string? Reason) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.CancelRequested;
    }

    /// <summary>See <see cref="JobEventKind.CancelConfirmed"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The attempt's lease token.</param>
    [GenerateSerializer, Immutable, Alias("job.event.cancel-confirmed.v1")]
    public sealed record CancelConfirmed(DateTimeOffset At, [property: Id(0)] LeaseToken Token) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.CancelConfirmed;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.Expired"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.expired.v1")]
    public sealed record Expired(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Expired;
    }

    /// <summary>See <see cref="JobEventKind.Quarantined"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Token">The token of the lease that was lost last.</param>
    [GenerateSerializer, Immutable, Alias("job.event.quarantined.v1")]
    public sealed record Quarantined(DateTimeOffset At, [property: Id(0)] LeaseToken Token) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Quarantined;

        /// <inheritdoc/>
        public override LeaseToken? RequiredToken => Token;
    }

    /// <summary>See <see cref="JobEventKind.RetriedByHand"/>.</summary>
    /// <param name="At">UTC.</param>
    /// <param name="Args">New arguments as JSON, UTF-8; null to keep the old.</param>
    [GenerateSerializer, Immutable, Alias("job.event.retried-by-hand.v1")]
    public sealed record RetriedByHand(DateTimeOffset At, [property: Id(0)] ReadOnlyMemory<byte>? Args = null) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.RetriedByHand;
    }

    /// <summary>See <see cref="JobEventKind.Archived"/>.</summary>
    /// <param name="At">UTC.</param>
    [GenerateSerializer, Immutable, Alias("job.event.archived.v1")]
    public sealed record Archived(DateTimeOffset At) : JobEvent(At)
    {
        /// <inheritdoc/>
        public override JobEventKind Kind => JobEventKind.Archived;
    }
}
