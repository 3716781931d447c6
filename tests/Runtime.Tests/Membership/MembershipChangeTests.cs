using Molino.Runtime.Membership;

namespace Molino.Runtime.Tests.Membership;

/// <summary>The changes of the membership document.</summary>
public sealed class MembershipChangeTests
{
    [Fact]
    public void Join_AtTheAddressOfAnother_TakesItsPlace()
    {
        var document = MembershipChange.Join(MembershipDocument.Empty, "one", "10.0.0.1:11111", "10.0.0.1:30000");
        document = MembershipChange.Join(document, "two", "10.0.0.2:11111", "10.0.0.2:30000");

        document = MembershipChange.Join(document, "one-again", "10.0.0.1:11111", "10.0.0.1:30000");

        document.Members.Select(member => (member.Name, member.Incarnation)).ShouldBe([("two", 2L), ("one-again", 3L)]);
        (document.Version, document.LastIncarnation).ShouldBe((3, 3));
    }

    [Fact]
    public void Join_UnderTheNameOfAnOlderLife_TakesItsPlace()
    {
        var document = MembershipChange.Join(MembershipDocument.Empty, "one", "10.0.0.1:11111", "10.0.0.1:30000");

        document = MembershipChange.Join(document, "one", "10.0.0.1:11112", "10.0.0.1:30001");

        document.Members.Single().Key.ShouldBe(new SiloKey("one", 2));
    }

    [Fact]
    public void Remove_WhoIsNotThere_ChangesNothing()
    {
        var document = MembershipChange.Join(MembershipDocument.Empty, "one", "10.0.0.1:11111", "10.0.0.1:30000");

        MembershipChange.Remove(document, [new SiloKey("one", 7)]).ShouldBeSameAs(document);
        MembershipChange.Remove(document, [new SiloKey("one", 1)]).Members.ShouldBeEmpty();
    }

    [Fact]
    public void CatchUp_OfADocumentThatLostItsLastWrites_EndsPastWhatWasSeen()
    {
        var backup = MembershipChange.Join(MembershipDocument.Empty, "one", "10.0.0.1:11111", "10.0.0.1:30000");
        var seen = MembershipChange.Join(backup, "two", "10.0.0.2:11111", "10.0.0.2:30000");
        var other = MembershipChange.Join(backup, "three", "10.0.0.3:11111", "10.0.0.3:30000");

        MembershipChange.IsBehind(seen, backup).ShouldBeFalse("newer");
        MembershipChange.IsBehind(seen, MembershipDocument.FromJson(seen.ToJson())).ShouldBeFalse("the same");
        MembershipChange.IsBehind(backup, seen).ShouldBeTrue("older");
        MembershipChange.IsBehind(other, seen).ShouldBeTrue("the same version with other members");

        var once = MembershipChange.CatchUp(backup, seen);
        MembershipChange.IsBehind(once, seen).ShouldBeTrue();
        var twice = MembershipChange.CatchUp(once, seen);
        MembershipChange.IsBehind(twice, seen).ShouldBeFalse();
        (twice.Version, twice.LastIncarnation).ShouldBe((3, 2));
        twice.Members.ShouldBe(backup.Members);
    }
}
