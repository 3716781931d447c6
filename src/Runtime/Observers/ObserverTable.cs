using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Molino.Runtime.Activations;
using Orleans;
using Orleans.Runtime;

namespace Molino.Runtime.Observers;

/// <summary>
/// The objects of this process that others may call back. Held weakly, as in Orleans: whoever made the reference keeps the object
/// alive, and calls to one that is gone fail.
/// </summary>
/// <param name="host">Ends calls.</param>
internal sealed class ObserverTable(IObserverHost host)
{
    private readonly ConcurrentDictionary<string, ObserverTarget> _targets = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<object, string> _ids = [];
    private long _last;

    /// <summary>Adds an object; the same object has the same identity each time.</summary>
    /// <param name="observer">The object.</param>
    /// <returns>Its number.</returns>
    public string Add(IGrainObserver observer)
    {
        var id = _ids.GetValue(observer, _ => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));
        _targets.GetOrAdd(id, _ => new ObserverTarget(observer, host));
        return id;
    }

    /// <summary>Forgets an object.</summary>
    /// <param name="observer">The object.</param>
    public void Remove(IGrainObserver observer)
    {
        if (_ids.TryGetValue(observer, out var id))
        {
            _ids.Remove(observer);
            _targets.TryRemove(id, out _);
        }
    }

    /// <summary>Forgets an object.</summary>
    /// <param name="id">Its number.</param>
    public void Remove(string id) => _targets.TryRemove(id, out _);

    /// <summary>Finds who takes the calls of an object.</summary>
    /// <param name="id">Its number.</param>
    /// <returns>The target.</returns>
    /// <exception cref="ClientNotAvailableException">The object is gone.</exception>
    public GrainTarget Find(string id)
    {
        if (_targets.TryGetValue(id, out var target))
        {
            if (!target.IsGone)
            {
                return target;
            }

            _targets.TryRemove(KeyValuePair.Create(id, target));
        }

        throw new ClientNotAvailableException($"The observer {id} of {host.ObserverHostName} is gone: its reference was deleted, or nothing holds the object any more.");
    }
}
