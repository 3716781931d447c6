using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Calls;

/// <summary>Knows all calls without an answer, so that they can time out. Lists linked through the calls, in shards by thread: no allocation, hardly a contended lock.</summary>
internal sealed class CallTracker
{
    private const int ShardCount = 16;

    private readonly Shard[] _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];

    /// <summary>Gets the number of calls made so far that had an answer to wait for.</summary>
    public long Started => _shards.Sum(shard => shard.Started);

    /// <summary>Gets the number of calls without an answer yet.</summary>
    public long Outstanding => _shards.Sum(shard => shard.Count);

    /// <summary>Adds a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="deadline">The time of the coarse clock from which on it has timed out.</param>
    public void Add(GrainRequest request, long deadline)
    {
        var index = Environment.CurrentManagedThreadId % ShardCount;
        request.Deadline = deadline;
        request.Shard = index;
        _shards[index].Add(request);
    }

    /// <summary>Removes a call that has its answer. Harmless when it is not there.</summary>
    /// <param name="request">The call.</param>
    public void Remove(GrainRequest request)
    {
        if (request.Shard >= 0)
        {
            _shards[request.Shard].Remove(request);
        }
    }

    /// <summary>Tells whether there is a call of some kind.</summary>
    /// <param name="isMeant">Tells the kind.</param>
    /// <returns>True when there is one.</returns>
    public bool Any(Func<GrainRequest, bool> isMeant) => Expired(long.MaxValue).Exists(request => isMeant(request));

    /// <summary>Collects the calls that have timed out; they are still to be removed.</summary>
    /// <param name="now">The time of the coarse clock.</param>
    /// <returns>The calls.</returns>
    public List<GrainRequest> Expired(long now)
    {
        var expired = new List<GrainRequest>();
        foreach (var shard in _shards)
        {
            shard.Collect(now, expired);
        }

        return expired;
    }

    private sealed class Shard
    {
        private readonly Lock _lock = new();
        private GrainRequest? _first;

        public long Started { get; private set; }

        public int Count { get; private set; }

        public void Add(GrainRequest request)
        {
            lock (_lock)
            {
                Started++;
                Count++;
                request.TrackedAfter = _first;
                if (_first is not null)
                {
                    _first.TrackedBefore = request;
                }

                _first = request;
            }
        }

        public void Remove(GrainRequest request)
        {
            lock (_lock)
            {
                if (request.TrackedBefore is not null)
                {
                    request.TrackedBefore.TrackedAfter = request.TrackedAfter;
                }
                else if (ReferenceEquals(_first, request))
                {
                    _first = request.TrackedAfter;
                }
                else
                {
                    return;
                }

                if (request.TrackedAfter is not null)
                {
                    request.TrackedAfter.TrackedBefore = request.TrackedBefore;
                }

                request.TrackedBefore = request.TrackedAfter = null;
                Count--;
            }
        }

        public void Collect(long now, List<GrainRequest> expired)
        {
            lock (_lock)
            {
                for (var request = _first; request is not null; request = request.TrackedAfter)
                {
                    if (request.Deadline <= now)
                    {
                        expired.Add(request);
                    }
                }
            }
        }
    }
}
