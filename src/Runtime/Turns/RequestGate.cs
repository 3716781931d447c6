using Molino.Runtime.CodeGeneration;

namespace Molino.Runtime.Turns;

/// <summary>Decides which call may start while others are under way, and keeps those that may not. Used on the turns of its activation only.</summary>
internal sealed class RequestGate(bool isReentrant)
{
    private GrainRequest? _firstWaiting;
    private GrainRequest? _lastWaiting;
    private Dictionary<Guid, int>? _sections;
    private int _waitingThatMayInterleave;
    private int _blocking;
    private int _blockingReadOnly;

    /// <summary>Gets the number of calls under way.</summary>
    public int Running { get; private set; }

    /// <summary>Gets a value indicating whether calls wait.</summary>
    public bool HasWaiting => _firstWaiting is not null;

    /// <summary>Tells whether a call may start now.</summary>
    /// <param name="request">The call.</param>
    /// <returns>True when nothing that runs stands against it.</returns>
    public bool MayStart(GrainRequest request) =>
        _blocking == 0 || isReentrant || Has(request, GrainCallOptions.AlwaysInterleave)
        || (_blocking == _blockingReadOnly && Has(request, GrainCallOptions.ReadOnly))
        || IsOfOpenSection(request);

    /// <summary>Records that a call starts.</summary>
    /// <param name="request">The call.</param>
    public void Enter(GrainRequest request)
    {
        Running++;
        if (!Has(request, GrainCallOptions.AlwaysInterleave))
        {
            _blocking++;
            _blockingReadOnly += Has(request, GrainCallOptions.ReadOnly) ? 1 : 0;
        }
    }

    /// <summary>Records that a call has ended.</summary>
    /// <param name="request">The call.</param>
    public void Exit(GrainRequest request)
    {
        Running--;
        if (!Has(request, GrainCallOptions.AlwaysInterleave))
        {
            _blocking--;
            _blockingReadOnly -= Has(request, GrainCallOptions.ReadOnly) ? 1 : 0;
        }
    }

    /// <summary>Keeps a call for later, behind those that wait.</summary>
    /// <param name="request">The call.</param>
    public void Wait(GrainRequest request)
    {
        request.Next = null;
        if (_lastWaiting is null)
        {
            _firstWaiting = request;
        }
        else
        {
            _lastWaiting.Next = request;
        }

        _lastWaiting = request;
        _waitingThatMayInterleave += MayEverInterleave(request) ? 1 : 0;
    }

    /// <summary>Takes the first waiting call that may start.</summary>
    /// <returns>The call, or null.</returns>
    public GrainRequest? TakeStartable()
    {
        if (_blocking > 0 && _waitingThatMayInterleave == 0)
        {
            return null;
        }

        GrainRequest? before = null;
        for (var request = _firstWaiting; request is not null; before = request, request = (GrainRequest?)request.Next)
        {
            if (MayStart(request))
            {
                Unlink(before, request);
                return request;
            }
        }

        return null;
    }

    /// <summary>Takes the first waiting call, whether it may start or not.</summary>
    /// <returns>The call, or null.</returns>
    public GrainRequest? TakeAny()
    {
        var request = _firstWaiting;
        if (request is not null)
        {
            Unlink(null, request);
        }

        return request;
    }

    /// <summary>Lets calls of a chain in.</summary>
    /// <param name="reentrancyId">The id of the chain.</param>
    public void EnterSection(Guid reentrancyId)
    {
        _sections ??= [];
        _sections[reentrancyId] = _sections.GetValueOrDefault(reentrancyId) + 1;
    }

    /// <summary>Ends one section of a chain.</summary>
    /// <param name="reentrancyId">The id of the chain.</param>
    public void ExitSection(Guid reentrancyId)
    {
        if (_sections is null || !_sections.TryGetValue(reentrancyId, out var count))
        {
            return;
        }

        if (count > 1)
        {
            _sections[reentrancyId] = count - 1;
        }
        else
        {
            _sections.Remove(reentrancyId);
        }
    }

    private static bool Has(GrainRequest request, GrainCallOptions option) => (request.Method.Options & option) == option;

    private bool MayEverInterleave(GrainRequest request) =>
        isReentrant || Has(request, GrainCallOptions.AlwaysInterleave) || Has(request, GrainCallOptions.ReadOnly)
        || (request.Context is { } context && context.ReentrancyId != Guid.Empty);

    private bool IsOfOpenSection(GrainRequest request) =>
        _sections is { Count: > 0 } && request.Context is { } context && _sections.ContainsKey(context.ReentrancyId);

    private void Unlink(GrainRequest? before, GrainRequest request)
    {
        var after = (GrainRequest?)request.Next;
        if (before is null)
        {
            _firstWaiting = after;
        }
        else
        {
            before.Next = after;
        }

        if (after is null)
        {
            _lastWaiting = before;
        }

        request.Next = null;
        _waitingThatMayInterleave -= MayEverInterleave(request) ? 1 : 0;
    }
}
