using Microsoft.Extensions.Logging;
using Molino.Client;
using Molino.Clustering;
using Molino.Core;
using Molino.Storage;

namespace Molino.Hosting;

/// <summary>What is seen of all silos: what they put up, and this silo itself. Never waits longer for the store than <see cref="Patience"/>; shows what was read last then.</summary>
internal sealed partial class ClusterSight(ISiloBoard board, LocalReport local, TimeProvider time, ILogger<ClusterSight> log)
{
    /// <summary>A store that takes longer counts as away for whoever asks.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    /// <summary>Those who ask within this time share an answer of the store.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(100);

    private readonly Lock _gate = new();
    private IReadOnlyList<SiloNotice> _last = [];
    private long _readAt;
    private Task? _reading;
    private long _askedAt;

    /// <summary>Looks at all silos now.</summary>
    public async Task<SightOfSilos> LookAsync(CancellationToken cancellationToken)
    {
        var problem = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        var self = local.Create();
        var (silos, pools) = (new List<SiloView> { self.Silo }, new List<PoolView>(self.Pools));
        var obeyed = new Dictionary<string, long>(StringComparer.Ordinal) { [self.Silo.Id] = self.Obeyed };
        IReadOnlyList<SiloNotice> notices;
        TimeSpan later;
        lock (_gate) (notices, later) = (_last, time.GetElapsedTime(_readAt));
        foreach (var notice in notices.OrderBy(notice => notice.Silo, StringComparer.Ordinal))
        {
            if (notice.Silo == self.Silo.Id || Read(notice) is not { } report) continue;
            var view = SiloStatus.Of(report, notice, later);
            silos.Add(view);
            obeyed[view.Id] = report.Obeyed;
            if (view.Status != SiloStatus.Dead) pools.AddRange(report.Pools);
        }

        return new SightOfSilos(silos, pools, obeyed, problem);
    }

    /// <summary>Reads the board anew.</summary>
    /// <returns>Why that was not possible; null when it was.</returns>
    private async Task<StoreException?> RefreshAsync(CancellationToken cancellationToken)
    {
        Task reading;
        lock (_gate)
        {
            if (_reading is null || (_reading.IsCompleted && time.GetElapsedTime(_askedAt) > Fresh))
            {
                _askedAt = time.GetTimestamp();
                _reading = ReadAsync();
            }

            reading = _reading;
        }

        try
        {
            await reading.WaitAsync(Patience, time, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (StoreException error)
        {
            return error;
        }
        catch (TimeoutException error)
        {
            return new StoreException(ErrorCodes.StoreUnavailable, $"The store did not answer within {Patience.TotalSeconds} s.", error);
        }
    }

    private async Task ReadAsync()
    {
        var notices = await board.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        lock (_gate) (_last, _readAt) = (notices, time.GetTimestamp());
    }

    /// <summary>A silo of a version that reports in another way is left out, and told of.</summary>
    private SiloReport? Read(SiloNotice notice)
    {
        var report = SiloReport.Parse(notice.Report, out var error);
        if (error is not null) LogUnreadable(log, error, notice.Silo);
        return report;
    }

    [LoggerMessage(EventId = 3211, Level = LogLevel.Warning, Message = "What silo {Silo} says of itself cannot be read; is it of another version?")]
    private static partial void LogUnreadable(ILogger log, Exception error, string silo);
}
