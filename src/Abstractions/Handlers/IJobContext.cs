using Molino.Core;

namespace Molino;

/// <summary>What a handler can ask and say while it runs. Safe to use from several threads.</summary>
public interface IJobContext
{
    /// <summary>The job's identity.</summary>
    JobId JobId { get; }

    /// <summary>The job's type.</summary>
    string Type { get; }

    /// <summary>The counted attempt, from 1.</summary>
    int Attempt { get; }

    /// <summary>How long this attempt may run.</summary>
    TimeLimits TimeLimits { get; }

    /// <summary>Why the handler's token was cancelled; <see cref="StopReason.None"/> while it was not.</summary>
    StopReason StopReason { get; }

    /// <summary>Reports progress. Coalesced: at most five a second and job are stored, the last one always.</summary>
    /// <param name="fraction">From 0 to 1; clamped; null when unknown.</param>
    /// <param name="message">One line for people; cut at 2,000 characters.</param>
    /// <param name="data">Anything JSON can hold, up to 8 KiB; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is larger; nothing is reported.</exception>
    void Report(double? fraction, string? message = null, object? data = null);

    /// <summary>Adds a line to the job's log. Coalesced like progress; of more than 10,000 lines or 1 MiB an attempt keeps the first half and the newest.</summary>
    /// <param name="line">One line, without a line break; cut at 8 KiB.</param>
    void Log(string line);

    /// <summary>Runs an effect at most once for this job, across attempts, as long as its outcome could be stored.</summary>
    /// <typeparam name="T">The effect's outcome, stored as JSON.</typeparam>
    /// <param name="key">Names the effect within the job; up to 200 characters.</param>
    /// <param name="effect">Does it; called only when no outcome is stored under the key.</param>
    /// <param name="cancellationToken">Passed to the effect.</param>
    /// <returns>The outcome, of now or of the attempt that did it.</returns>
    /// <exception cref="JobSystemException">The lease was lost; the effect's outcome was not stored.</exception>
    Task<T> EffectOnceAsync<T>(string key, Func<CancellationToken, Task<T>> effect, CancellationToken cancellationToken);

    /// <summary>Reads what an earlier attempt, or this one, saved under a name.</summary>
    /// <typeparam name="T">What was saved, read from JSON.</typeparam>
    /// <param name="name">Names the state within the job; up to 200 characters.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The saved value, or the type's default when there is none.</returns>
    Task<T?> LoadStateAsync<T>(string name, CancellationToken cancellationToken);

    /// <summary>Saves a value under a name, for this and later attempts; replaces the earlier one.</summary>
    /// <typeparam name="T">What to save, written as JSON.</typeparam>
    /// <param name="name">Names the state within the job; up to 200 characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException">The lease was lost.</exception>
    Task SaveStateAsync<T>(string name, T value, CancellationToken cancellationToken);

    /// <summary>Appends a part of a large result, such as rows, stored apart from the job and compressed; kept if this attempt succeeds.</summary>
    /// <param name="items">UTF-8 text, one JSON value a line, each line ended by a line feed.</param>
    /// <param name="count">Number of lines.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="JobSystemException">The lease was lost.</exception>
    Task AppendResultItemsAsync(ReadOnlyMemory<byte> items, int count, CancellationToken cancellationToken);

    /// <summary>Submits another job, at most once per key and parent, so that a repeated attempt does not submit it again.</summary>
    /// <param name="type">The child's type.</param>
    /// <param name="args">The child's arguments.</param>
    /// <param name="key">Names the child within this job.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <returns>The child's id.</returns>
    Task<JobId> SubmitChildAsync(string type, object args, string key, CancellationToken cancellationToken);

    /// <summary>Makes the exception that hands the job back until later, without costing an attempt: <c>throw context.Snooze(...)</c>.</summary>
    /// <param name="delay">How long; above zero.</param>
    Exception Snooze(TimeSpan delay);
}
