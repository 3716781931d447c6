using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Molino.Runtime.Observability;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Molino.Runtime.Reminders;

/// <summary>
/// The reminders of the grains that this silo owns. Each silo reads the table at its start, with each new view and at intervals, and
/// keeps a timer for each reminder whose grain is its own. For a moment two silos may tick: reminders are at least once.
/// </summary>
internal sealed class ReminderService : IReminders, IHostedService, IDisposable
{
    private static readonly TimeSpan LookPeriod = TimeSpan.FromSeconds(1);

    private readonly Silo _silo;
    private readonly IReminderTable _table;
    private readonly ReminderOptions _options;
    private readonly ReminderLog _log;
    private readonly Dictionary<(GrainId, string), LocalReminder> _local = [];
    private readonly HashSet<(GrainId, string)> _touched = [];
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public ReminderService(Silo silo, IReminderTable table, IOptions<ReminderOptions> options, ReminderLog log)
    {
        _silo = silo;
        _table = table;
        _options = options.Value;
        _log = log;
    }

    /// <summary>Gets the number of reminders watched here.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _local.Count;
            }
        }
    }

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _table.StartAsync(cancellationToken);
        _loop = Task.Run(RunAsync, CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        EndAll();
        await _table.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IGrainReminder> RegisterAsync(GrainId grainId, string name, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        if (period < _options.MinimumReminderPeriod)
        {
            throw new ArgumentException($"Reminder '{name}' of {grainId} has a period of {period}; the shortest is {_options.MinimumReminderPeriod}. Use a grain timer.", nameof(period));
        }

        var entry = new ReminderEntry { GrainId = grainId, ReminderName = name, StartAt = _silo.TimeProvider.GetUtcNow().UtcDateTime + dueTime, Period = period };
        entry.ETag = await _table.UpsertRow(entry) ?? throw new ReminderException($"Reminder '{name}' of {grainId} could not be stored.");
        Touch((grainId, name), entry);
        return new Reminder(name, entry.ETag);
    }

    /// <inheritdoc/>
    public async Task UnregisterAsync(GrainId grainId, IGrainReminder reminder)
    {
        var handle = reminder as Reminder ?? throw new ArgumentException("The handle was not made by this runtime.", nameof(reminder));
        if (!await _table.RemoveRow(grainId, handle.ReminderName, handle.ETag) && await _table.ReadRow(grainId, handle.ReminderName) is not null)
        {
            throw new ReminderException($"Reminder '{handle.ReminderName}' of {grainId} was registered anew since: read it again to end it.");
        }

        Touch((grainId, handle.ReminderName), null);
    }

    /// <inheritdoc/>
    public async Task<List<IGrainReminder>> ReadAsync(GrainId grainId) =>
        [.. (await _table.ReadRows(grainId)).Reminders.Select(row => new Reminder(row.ReminderName, row.ETag!))];

    /// <inheritdoc/>
    public void Dispose()
    {
        EndAll();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        long? readAt = null;
        object? readView = null;
        while (!_stop.IsCancellationRequested)
        {
            var view = _silo.Cluster?.View;
            if (readAt is null || !ReferenceEquals(view, readView) || _silo.TimeProvider.GetElapsedTime(readAt.Value) >= _options.RefreshReminderListPeriod)
            {
                if (await ReadAllAsync())
                {
                    readAt = _silo.TimeProvider.GetTimestamp();
                    readView = view;
                }
            }

            await Task.Delay(LookPeriod, _silo.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ReadAllAsync()
    {
        try
        {
            lock (_lock)
            {
                _touched.Clear();
            }

            var rows = await _table.ReadRows(0, 0);
            Keep([.. rows.Reminders.Where(row => IsMine(row.GrainId))]);
            return true;
        }
#pragma warning disable CA1031 // The table is read again; reminders known so far go on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.TableUnreadable(error, _silo.Name);
            return false;
        }
    }

    private bool IsMine(GrainId grainId) => _silo.Cluster is not { } cluster || cluster.Owns(grainId);

    /// <summary>Watches exactly these reminders, but for those that were registered or ended since they were read.</summary>
    private void Keep(List<ReminderEntry> entries)
    {
        lock (_lock)
        {
            var keys = entries.Select(entry => (entry.GrainId, entry.ReminderName)).ToHashSet();
            foreach (var key in _local.Keys.Where(key => !keys.Contains(key) && !_touched.Contains(key)).ToList())
            {
                Forget(key);
            }

            foreach (var entry in entries.Where(entry => !_touched.Contains((entry.GrainId, entry.ReminderName))))
            {
                Watch(entry);
            }
        }
    }

    /// <summary>A reminder was registered or ended here: what is being read may not know it yet.</summary>
    private void Touch((GrainId, string) key, ReminderEntry? entry)
    {
        lock (_lock)
        {
            _touched.Add(key);
            if (entry is null)
            {
                Forget(key);
            }
            else
            {
                Watch(entry);
            }
        }
    }

    private void EndAll()
    {
        lock (_lock)
        {
            foreach (var reminder in _local.Values)
            {
                reminder.Dispose();
            }

            _local.Clear();
        }
    }

    private void Watch(ReminderEntry entry)
    {
        lock (_lock)
        {
            var key = (entry.GrainId, entry.ReminderName);
            if (_local.TryGetValue(key, out var known))
            {
                if (known.Entry.ETag == entry.ETag)
                {
                    return;
                }

                known.Dispose();
            }

            _local[key] = new LocalReminder(entry, _silo.TimeProvider, TickAsync);
        }
    }

    private void Forget((GrainId, string) key)
    {
        lock (_lock)
        {
            if (_local.Remove(key, out var gone))
            {
                gone.Dispose();
            }
        }
    }

    private async Task TickAsync(ReminderEntry entry, DateTime now)
    {
        if (!IsMine(entry.GrainId))
        {
            Forget((entry.GrainId, entry.ReminderName));
            return;
        }

        try
        {
            var grain = (IRemindable)_silo.CreateReference(typeof(IRemindable), entry.GrainId);
            await grain.ReceiveReminder(entry.ReminderName, new TickStatus(entry.StartAt, entry.Period, now));
        }
#pragma warning disable CA1031 // The next tick comes at its time.
        catch (Exception error)
#pragma warning restore CA1031
        {
            _log.TickFailed(error, entry.ReminderName, entry.GrainId);
        }
    }
}
