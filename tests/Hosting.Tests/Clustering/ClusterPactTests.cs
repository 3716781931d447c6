namespace Molino.Hosting.Tests.Clustering;

/// <summary>What silos on one store must have alike.</summary>
public sealed class ClusterPactTests
{
    private static readonly ClusterPact Ours = new("Microsoft Orleans", "molino", ClusterPact.Proof("s", "store"));

    [Fact]
    public void Pact_LikeTheOther_RefusesNothing() =>
        Ours.Refuses(new ClusterPact("Microsoft Orleans", "molino", ClusterPact.Proof("s", "store"))).ShouldBeNull();

    [Theory]
    [InlineData("the embedded runtime", "molino", "s", "same build")]
    [InlineData("Microsoft Orleans", "other", "s", "Cluster:Id")]
    [InlineData("Microsoft Orleans", "molino", "t", "Cluster:Secret")]
    [InlineData("Microsoft Orleans", "molino", null, "Cluster:Secret")]
    public void Pact_UnlikeTheOther_RefusesAndNamesWhatToChange(string runtime, string cluster, string? secret, string says) =>
        Ours.Refuses(new ClusterPact(runtime, cluster, ClusterPact.Proof(secret, "store"))).ShouldNotBeNull().ShouldContain(says);

    [Fact]
    public void Proof_OfTheSameSecret_DiffersFromStoreToStoreAndDoesNotShowIt()
    {
        var proof = ClusterPact.Proof("mill", "store").ShouldNotBeNull();
        proof.ShouldNotContain("mill");
        ClusterPact.Proof("mill", "other").ShouldNotBe(proof);
        ClusterPact.Proof(string.Empty, "store").ShouldBeNull();
    }
}
