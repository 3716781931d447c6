using Molino.Client;

namespace Molino.Conformance.Transports;

/// <summary>A way to a silo that has the built-in job types, <c>sql.query</c> with its sample database, and <c>Cluster:Id</c> <c>molino</c>.</summary>
public interface ITransportUnderTest
{
    /// <summary>The transport; the same for all cases of a class.</summary>
    IMolinoTransport Transport { get; }
}
