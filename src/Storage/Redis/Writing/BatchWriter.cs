using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Molino.Core;
using Molino.Storage.Redis.Connections;

namespace Molino.Storage.Redis.Writing;

/// <summary>
/// Joins what callers want into batches: each takes what has queued while earlier ones are under way, and never lingers. One loop composes and sends,
/// another takes the answers in the order of the commits.
/// </summary>
internal sealed class BatchWriter : IAsyncDisposable
{
    /// <summary>After so many conflicts a batch of several items is given up as one; after so many more an item is.</summary>
    private const int MaxConflicts = 50;

    private readonly RedisEngine _engine;
    private readonly WriteQueue _queue;
    private readonly BatchFinisher _finisher;
    private readonly Channel<(Batch Batch, Task<Reply> Reply)> _sent = Channel.CreateUnbounded<(Batch, Task<Reply>)>();
    private readonly Task _composing;
    private readonly Task _finishing;

    public BatchWriter(RedisEngine engine, int queueCapacity, int maxInFlight)
    {
        _engine = engine;
        _queue = new WriteQueue(queueCapacity, maxInFlight);
        _finisher = new BatchFinisher(engine);
        _composing = Task.Run(ComposeAsync);
        _finishing = Task.Run(FinishAsync);
    }

    /// <summary>Does an item in the next batch.</summary>
    /// <exception cref="StoreException">It was not done, or nobody knows.</exception>
    public async Task<WriteAnswer> DoAsync(WriteItem item, CancellationToken cancellationToken)
    {
        if (!await _queue.AddAsync(item, cancellationToken).ConfigureAwait(false)) throw Closed();
        return await item.Done.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _composing.ConfigureAwait(false);
        await _finishing.ConfigureAwait(false);
        _queue.Dispose();
    }

    private static StoreException Closed() => new(ErrorCodes.StoreUnavailable, "The store is closed.");

    private async Task ComposeAsync()
    {
        while (await _queue.TakeAsync(items => new Batch(_engine, items)).ConfigureAwait(false) is { } batch) Send(batch);
        _sent.Writer.Complete();
    }

    private void Send(Batch batch)
    {
        try
        {
            var command = batch.Compose();
            var reply = command is null ? Task.FromResult(Reply.Null) : _engine.Jobs.SendAsync(command, CancellationToken.None);
            if (command is not null) reply = _engine.ConfirmAsync(reply);
            _sent.Writer.TryWrite((batch, reply));
        }
        catch (Exception error)
        {
            Fail(batch, error);
        }
    }

    private async Task FinishAsync()
    {
        await foreach (var (batch, sent) in _sent.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                await FinishAsync(batch, await sent.ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (ConnectionLostException error)
            {
                Lost(batch, error);
            }
            catch (Exception error)
            {
                if (error is not StoreException) Log.BatchFailed(_engine.Logger, error);
                Fail(batch, error);
            }
        }
    }

    private async Task FinishAsync(Batch batch, Reply reply)
    {
        if (reply.IsError)
        {
            Refused(batch, reply.Text);
            return;
        }

        switch (reply.IsNull ? "done" : reply.Items[0].Text)
        {
            case "done":
                await CompleteAsync(batch, reply).ConfigureAwait(false);
                break;
            case "conflict":
                await ConflictAsync(batch, reply.Items[1].Items).ConfigureAwait(false);
                break;
            case "removed":
                Removed(batch, reply.Items[1].Text);
                break;
            default:
                _engine.Jobs.Renew("The store's generation has changed.");
                _queue.Again(batch);
                break;
        }
    }

    private async Task CompleteAsync(Batch batch, Reply reply)
    {
        try
        {
            await _finisher.CompleteAsync(batch, reply).ConfigureAwait(false);
            _queue.Finished(batch.Items, endsBatch: true);
        }
        catch (StoreException error)
        {
            // It is stored, but what belongs to the answer could not be read.
            Fail(batch, new StoreException(ErrorCodes.OutcomeUnknown, $"A write was stored, but its answer could not be read: {error.Message}", error));
        }
    }

    private async Task ConflictAsync(Batch batch, Reply[] conflicts)
    {
        await _finisher.LearnAsync(batch, conflicts).ConfigureAwait(false);
        var givenUp = batch.Items.FindAll(item => item.StandsAlone || ++item.Conflicts > MaxConflicts);
        Drop(batch, givenUp, new StoreException(ErrorCodes.StoreUnavailable, "Others change the same jobs all the time. Try again.", new BatchConflictException()));
    }

    /// <summary>A silo was removed from the cluster: what it asked for is refused; what others asked for goes on.</summary>
    private void Removed(Batch batch, string silo)
    {
        var mine = string.Equals(silo, _engine.Silo, StringComparison.Ordinal);
        var error = mine ? _engine.Removed() : RedisEngine.RemovedError(silo);
        Drop(batch, batch.Items.FindAll(item => mine || string.Equals(item.Lease?.Silo, silo, StringComparison.Ordinal)), error);
    }

    private void Refused(Batch batch, string text)
    {
        if (text.StartsWith("NOSCRIPT", StringComparison.Ordinal) || ServerErrors.EndsConnection(text))
        {
            _engine.Jobs.Renew(text);
            if (text.StartsWith("NOSCRIPT", StringComparison.Ordinal))
            {
                _queue.Again(batch);
                return;
            }
        }

        Fail(batch, ServerErrors.ToException(text));
    }

    /// <summary>Nobody knows whether the batch was stored. Changes that may be repeated are: the answer then is the truth.</summary>
    private void Lost(Batch batch, ConnectionLostException error)
    {
        if (!error.MaybeSent)
        {
            Fail(batch, new StoreException(ErrorCodes.StoreUnavailable, $"Redis does not answer: {error.Message}", error));
            return;
        }

        foreach (var item in batch.Items) _engine.Forget(item);
        var unknown = batch.Items.FindAll(item => !item.IsRepeatable || item.MaybeStored);
        foreach (var item in batch.Items) item.MaybeStored = true;
        Drop(batch, unknown, new StoreException(ErrorCodes.OutcomeUnknown, $"The connection to Redis ended before it answered a write: {error.Message}", error));
    }

    /// <summary>Fails some items of a batch; the rest is sent again.</summary>
    private void Drop(Batch batch, List<WriteItem> items, StoreException error)
    {
        foreach (var item in items) Fail(item, error);
        batch.Items.RemoveAll(items.Contains);
        _queue.Finished(items, endsBatch: batch.Items.Count == 0);
        if (batch.Items.Count > 0) _queue.Again(batch);
    }

    private void Fail(Batch batch, Exception error)
    {
        foreach (var item in batch.Items) Fail(item, error);
        _queue.Finished(batch.Items, endsBatch: true);
    }

    /// <summary>Whatever an item is refused for, it may be stored by an earlier sending that was not answered.</summary>
    private static void Fail(WriteItem item, Exception error) => item.Fail(
        item.MaybeStored && error is StoreException { Code: not (ErrorCodes.OutcomeUnknown or ErrorCodes.SiloRemoved) }
            ? new StoreException(ErrorCodes.OutcomeUnknown, $"The connection to Redis ended during a write, and it could not be repeated: {error.Message}", error)
            : error);
}
