using Molino.Runtime.Activations;
using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.Timers;

/// <summary>A timer of one activation. It is its own tick: a call that the activation makes to itself, admitted like any other.</summary>
internal abstract class GrainTimer : GrainAction, IGrainTimer
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);
    private static readonly GrainMethod Tick = new(nameof(IGrainTimer), nameof(Tick), GrainCallOptions.OneWay, null);
    private static readonly GrainMethod InterleavingTick =
        new(nameof(IGrainTimer), nameof(Tick), GrainCallOptions.OneWay | GrainCallOptions.AlwaysInterleave, null);

    private readonly Activation _activation;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly bool _interleaves;
    private readonly bool _keepsAlive;
    private ITimer? _timer;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _isChanged;
    private int _isTicking;

    protected GrainTimer(Activation activation, GrainTimerCreationOptions options)
    {
        Validate(options.DueTime, options.Period);
        _activation = activation;
        _interleaves = options.Interleave;
        _keepsAlive = options.KeepAlive;
        _dueTime = options.DueTime;
        _period = options.Period;
    }

    /// <inheritdoc/>
    public override GrainMethod Method => _interleaves ? InterleavingTick : Tick;

    /// <summary>Gets or sets the neighbour in the activation's list.</summary>
    internal GrainTimer? Before { get; set; }

    /// <summary>Gets or sets the neighbour in the activation's list.</summary>
    internal GrainTimer? After { get; set; }

    /// <inheritdoc/>
    internal override bool IsLocalOnly => true;

    /// <inheritdoc/>
    internal override bool CountsAsUse => _keepsAlive;

    /// <inheritdoc/>
    internal override bool IsBounded => false;

    /// <inheritdoc/>
    internal override bool IsAnswered => _cancellation.IsCancellationRequested;

    /// <summary>Starts the timer.</summary>
    public void Start()
    {
        var mayFlow = !ExecutionContext.IsFlowSuppressed();
        if (mayFlow)
        {
            ExecutionContext.SuppressFlow();
        }

        try
        {
            _timer = _activation.Silo.TimeProvider.CreateTimer(static timer => ((GrainTimer)timer!).OnDue(), this, _dueTime, Timeout.InfiniteTimeSpan);
        }
        finally
        {
            if (mayFlow)
            {
                ExecutionContext.RestoreFlow();
            }
        }
    }

    /// <inheritdoc/>
    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Validate(dueTime, period);
        _isChanged = true;
        _dueTime = dueTime;
        _period = period;
        if (Volatile.Read(ref _isTicking) == 0)
        {
            _timer?.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _timer?.Dispose();
        _cancellation.Cancel();
        if (_activation.Queue.IsCurrent)
        {
            _activation.OnTimerDisposed(this);
        }
    }

    /// <inheritdoc/>
    internal override void OnEnded()
    {
        Volatile.Write(ref _isTicking, 0);
        if (!_cancellation.IsCancellationRequested)
        {
            _timer?.Change(_isChanged ? _dueTime : _period, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Runs the grain's code.</summary>
    /// <param name="cancellationToken">Cancelled when the timer is disposed.</param>
    /// <returns>A task.</returns>
    protected abstract Task TickAsync(CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected sealed override ValueTask InvokeActionAsync(object grain, CancellationToken cancellationToken)
    {
        _isChanged = false;
        return new ValueTask(TickAsync(_cancellation.Token));
    }

    private static void Validate(TimeSpan dueTime, TimeSpan period)
    {
        ThrowIfOutOfRange(dueTime, nameof(dueTime));
        ThrowIfOutOfRange(period, nameof(period));
    }

    private static void ThrowIfOutOfRange(TimeSpan time, string name)
    {
        if (time != Timeout.InfiniteTimeSpan && (time < TimeSpan.Zero || time > Longest))
        {
            throw new ArgumentOutOfRangeException(name, time, $"A timer's times lie between zero and {Longest} (49 days), or are infinite.");
        }
    }

    private void OnDue()
    {
        if (!_cancellation.IsCancellationRequested && Interlocked.Exchange(ref _isTicking, 1) == 0)
        {
            Phase = RequestPhase.Pending;
            _activation.Queue.Post(this);
        }
    }
}
