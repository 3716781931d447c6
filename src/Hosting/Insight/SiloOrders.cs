using Molino.Client;
using Molino.Clustering;
using Molino.Core;

namespace Molino.Hosting;

/// <summary>Brings operators' orders to silos: to this one at once, also while the store is away; to others over the board.</summary>
internal sealed class SiloOrders(ClusterSight sight, ISiloBoard board, SiloDuty duty, LocalReport local, TimeProvider time)
{
    /// <summary>How long an answer waits for the silo to obey, so that it shows it.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.8);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(110);

    /// <summary>Gives an order.</summary>
    /// <exception cref="JobSystemException"><c>not_found</c>: no such silo lives.</exception>
    public async Task<SiloView> GiveAsync(string silo, SiloOrder order, CancellationToken cancellationToken)
    {
        var self = local.Create().Silo;
        if (silo == self.Id) return Obey(order);
        var known = (await sight.LookAsync(cancellationToken).ConfigureAwait(false)).Silos;
        var view = Find(known, silo);
        if (view.Id == self.Id) return Obey(order);
        var number = await board.InstructAsync(view.Id, order.ToString(), cancellationToken).ConfigureAwait(false) ?? throw Unknown(silo);
        return await UntilObeyedAsync(view, number, cancellationToken).ConfigureAwait(false);
    }

    private SiloView Obey(SiloOrder order)
    {
        duty.Obey(order);
        return local.Create().Silo;
    }

    private static SiloView Find(IReadOnlyList<SiloView> silos, string asked)
    {
        var living = silos.Where(silo => silo.Status != SiloStatus.Dead).ToList();
        var found = living.Find(silo => silo.Id == asked);
        if (found is not null) return found;
        return living.Where(silo => silo.Name == asked).ToList() is [var only] ? only : throw Unknown(asked);
    }

    private static JobSystemException Unknown(string silo) =>
        new(ErrorCodes.NotFound, $"No silo that lives has the id or, alone, the name '{(silo.Length > 200 ? silo[..200] : silo)}'. GET /api/silos lists them.");

    private async Task<SiloView> UntilObeyedAsync(SiloView view, long number, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            var look = await sight.LookAsync(cancellationToken).ConfigureAwait(false);
            if (look.Silos.FirstOrDefault(silo => silo.Id == view.Id) is not { } now) return view with { Status = SiloStatus.Draining }; // it has left already
            view = now;
            if (look.Obeyed[view.Id] >= number) return view;
        }

        return view;
    }
}
