using Molino.Runtime.CodeGeneration;
using Orleans.Runtime;

namespace Molino.Runtime.Activations;

/// <summary>The local activations of a stateless worker. A call goes to an idle one, else to a new one, else to the one with the fewest calls. Gone with the last of them: keys are many.</summary>
internal sealed class StatelessWorkerPool(GrainClass grainClass, IdSpan key, int maxWorkers) : GrainTarget
{
    private readonly Lock _lock = new();
    private readonly List<Activation> _workers = [];
    private volatile bool _isGone;

    /// <inheritdoc/>
    public override bool IsGone => _isGone;

    /// <inheritdoc/>
    public override void Receive(GrainRequest request)
    {
        // Chosen and counted under the lock, so that two calls at once never take the same idle worker.
        lock (_lock)
        {
            if (!_isGone && Choose() is { } worker)
            {
                worker.Receive(request);
                return;
            }
        }

        if (_isGone)
        {
            grainClass.Silo.Redirect(request);
        }
        else
        {
            grainClass.Silo.Fail(request, Errors.Stopping(grainClass.Silo));
        }
    }

    /// <summary>Forgets a worker that is gone.</summary>
    /// <param name="worker">The worker.</param>
    public void Remove(Activation worker)
    {
        lock (_lock)
        {
            _workers.Remove(worker);
            if (_workers.Count == 0)
            {
                // Out of the directory before anybody can see it gone, so that who looks the key up again finds another.
                grainClass.Remove(this, key);
                _isGone = true;
            }
        }
    }

    /// <inheritdoc/>
    public override void AddActivations(List<Activation> activations)
    {
        lock (_lock)
        {
            activations.AddRange(_workers);
        }
    }

    private Activation? Choose()
    {
        Activation? least = null;
        foreach (var worker in _workers)
        {
            var calls = worker.InFlight;
            if (calls == 0)
            {
                return worker;
            }

            least = least is null || calls < least.InFlight ? worker : least;
        }

        if (_workers.Count >= maxWorkers || !grainClass.Silo.MakesActivations)
        {
            return least;
        }

        var made = grainClass.CreateWorker(this, key);
        _workers.Add(made);
        return made;
    }
}
