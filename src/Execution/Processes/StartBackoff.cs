namespace Molino.Execution.Processes;

/// <summary>Spaces the starts of children that do not start, so that a broken program does not spin. Safe to use from several threads.</summary>
internal sealed class StartBackoff(TimeSpan max, TimeProvider time)
{
    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _notBefore;

    /// <summary>How long to wait before the next start.</summary>
    internal TimeSpan Wait
    {
        get
        {
            lock (_gate)
            {
                var wait = _notBefore - time.GetUtcNow();
                return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
            }
        }
    }

    internal void Succeeded()
    {
        lock (_gate)
        {
            _failures = 0;
            _notBefore = default;
        }
    }

    /// <summary>Notes a failure.</summary>
    /// <returns>The wait that follows it.</returns>
    internal TimeSpan Failed()
    {
        lock (_gate)
        {
            var wait = max / 60 * Math.Pow(2, Math.Min(_failures++, 10));
            wait = wait < max ? wait : max;
            _notBefore = time.GetUtcNow() + wait;
            return wait;
        }
    }
}
