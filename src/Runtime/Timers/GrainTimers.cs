namespace Molino.Runtime.Timers;

/// <summary>The timers of one activation, linked through the timers themselves. Used on its turns only.</summary>
internal struct GrainTimers
{
    private GrainTimer? _first;

    /// <summary>Adds a timer.</summary>
    /// <param name="timer">The timer.</param>
    public void Add(GrainTimer timer)
    {
        timer.After = _first;
        if (_first is not null)
        {
            _first.Before = timer;
        }

        _first = timer;
    }

    /// <summary>Removes a timer, if it is there.</summary>
    /// <param name="timer">The timer.</param>
    public void Remove(GrainTimer timer)
    {
        if (timer.Before is not null)
        {
            timer.Before.After = timer.After;
        }
        else if (ReferenceEquals(_first, timer))
        {
            _first = timer.After;
        }

        if (timer.After is not null)
        {
            timer.After.Before = timer.Before;
        }

        timer.Before = timer.After = null;
    }

    /// <summary>Disposes all timers.</summary>
    public void DisposeAll()
    {
        while (_first is { } timer)
        {
            Remove(timer);
            timer.Dispose();
        }
    }
}
