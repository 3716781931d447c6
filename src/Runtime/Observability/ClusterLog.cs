using Microsoft.Extensions.Logging;
using Molino.Runtime.Membership;

namespace Molino.Runtime.Observability;

/// <summary>What the cluster logs. Event ids 2050 to 2099.</summary>
internal sealed partial class ClusterLog(ILogger<MembershipOracle> logger)
{
    private readonly ILogger _logger = logger;

    [LoggerMessage(2050, LogLevel.Information, "{Silo} joined the cluster: version {Version} has {Members} members")]
    public partial void Joined(SiloKey silo, long version, int members);

    [LoggerMessage(2051, LogLevel.Error, "{Silo} was removed from the cluster, as of version {Version}: all it runs is cancelled, and it joins again. It was paused, cut off from the store, or too busy to beat")]
    public partial void Removed(SiloKey silo, long version);

    [LoggerMessage(2052, LogLevel.Warning, "{Silo} removes {Dead} from the cluster: its beat has not changed for {Time}")]
    public partial void RemovingDead(string silo, SiloKey dead, TimeSpan time);

    [LoggerMessage(2053, LogLevel.Warning, "The membership table does not answer {Silo}; nobody is declared dead until it does")]
    public partial void TableSilent(Exception error, string silo);

    [LoggerMessage(2054, LogLevel.Information, "The membership table answers {Silo} again")]
    public partial void TableAnswers(string silo);

    [LoggerMessage(2055, LogLevel.Information, "{Silo} sees version {Version} of the cluster: {Members}")]
    public partial void View(SiloKey silo, long version, string members);

    [LoggerMessage(2056, LogLevel.Warning, "{Silo} finds version {Version} in the membership table after it has seen {Seen}: the table has lost its last writes, and is brought forward")]
    public partial void TableWentBack(string silo, long version, long seen);

    [LoggerMessage(2060, LogLevel.Information, "Silo {Silo} is connected to {Other}")]
    public partial void Connected(SiloKey silo, string other);

    [LoggerMessage(2061, LogLevel.Information, "Silo {Silo} is no longer connected to {Other}: {Reason}")]
    public partial void Disconnected(SiloKey silo, string other, string reason);

    [LoggerMessage(2062, LogLevel.Error, "Connection between {Silo} and {Address} refused ({Refusal}): {Sentence}")]
    public partial void Refused(SiloKey silo, string address, Transport.HandshakeRefusal refusal, string sentence);

    [LoggerMessage(2063, LogLevel.Debug, "Connection between {Silo} and {Address} not yet: {Sentence}")]
    public partial void NotYet(SiloKey silo, string address, string sentence);

    [LoggerMessage(2064, LogLevel.Debug, "Silo {Peer} at {Address} cannot be reached: {Reason}. It is tried again")]
    public partial void NotConnected(SiloKey peer, string address, string reason);

    [LoggerMessage(2065, LogLevel.Warning, "A connection from {Address} was not opened")]
    public partial void ConnectionNotTaken(Exception error, string address);

    [LoggerMessage(2066, LogLevel.Warning, "A call from {Other} cannot be read")]
    public partial void CallUnreadable(Exception error, string other);

    [LoggerMessage(2070, LogLevel.Warning, "{Silo}: not all silos have handed over their slots of version {Version} in time; {Slots} slots open all the same")]
    public partial void HandOverTimedOut(SiloKey silo, long version, int slots);

    [LoggerMessage(2071, LogLevel.Warning, "{Silo} could not leave the cluster in order; the others will find it dead")]
    public partial void LeftInDisorder(Exception error, SiloKey silo);
}
