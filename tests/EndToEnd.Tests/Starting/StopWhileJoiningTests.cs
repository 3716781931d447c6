using Molino.EndToEnd.Tests.Cluster;

namespace Molino.EndToEnd.Tests.Starting;

/// <summary>A silo that is stopped while it joins leaves the cluster in order. The steps are those of the embedded runtime, as its log names them.</summary>
public sealed class StopWhileJoiningTests
{
    [Theory]
    [InlineData("takes calls")]
    [InlineData("joined the cluster")]
    public Task JoiningSilo_AskedToStop_LeavesInOrder(string after) => ClusterTests.StopsWhileStartingAsync(after);
}
