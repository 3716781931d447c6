using System.Globalization;
using Molino.Core;

namespace Molino.Storage.Redis.Layout;

/// <summary>The names of the store's keys. The README lists what each holds.</summary>
internal sealed class StoreKeys(string prefix)
{
    public string Meta { get; } = prefix + ":meta";

    public string Names { get; } = prefix + ":names";

    public string Queues { get; } = prefix + ":queues";

    public string Fence { get; } = prefix + ":fence";

    public string Jobs { get; } = prefix + ":jobs";

    public string Args { get; } = prefix + ":args";

    public string Results { get; } = prefix + ":results";

    public string Order { get; } = prefix + ":order";

    public string Events { get; } = prefix + ":events";

    public string Counts { get; } = prefix + ":counts";

    public string Expiry { get; } = prefix + ":expiry";

    public string Dead { get; } = prefix + ":dead";

    public string Holders { get; } = prefix + ":holders";

    public string Risky { get; } = prefix + ":risky";

    public string SubmitKeys { get; } = prefix + ":keys";

    public string Forget { get; } = prefix + ":forget";

    public string Paused { get; } = prefix + ":paused";

    public string Waits { get; } = prefix + ":waits";

    public string States { get; } = prefix + ":states";

    public string Cluster { get; } = prefix + ":cluster";

    public string Beats { get; } = prefix + ":beats";

    public string Board { get; } = prefix + ":board";

    public string Orders { get; } = prefix + ":orders";

    public string Reminders { get; } = prefix + ":reminders";

    public string ReminderIndex { get; } = prefix + ":reminders:index";

    /// <summary>A channel, not a key.</summary>
    public string Notices(string silo) => $"{prefix}:notices:{silo}";

    public string RemindersOf(string grain) => $"{prefix}:reminders:of:{grain}";

    public string Late(string queue) => $"{prefix}:late:{queue}";

    public string Suspects(string queue) => $"{prefix}:suspects:{queue}";

    public string Due(string queue) => $"{prefix}:due:{queue}";

    public string Ready(string queue, int priority) => string.Create(CultureInfo.InvariantCulture, $"{prefix}:ready:{queue}:{priority}");

    public string Running(string silo) => $"{prefix}:running:{silo}";

    public string Finished(JobStatus status) => status switch
    {
        JobStatus.Succeeded => prefix + ":finished:succeeded",
        JobStatus.Failed => prefix + ":finished:failed",
        JobStatus.Cancelled => prefix + ":finished:cancelled",
        _ => prefix + ":finished:expired",
    };

    public string Log(JobId job) => $"{prefix}:log:{job}";

    public string Data(JobId job) => $"{prefix}:data:{job}";

    public string Parts(JobId job, int epoch) => string.Create(CultureInfo.InvariantCulture, $"{prefix}:parts:{job}:{epoch}");
}
