namespace Molino.Runtime.Membership;

/// <summary>
/// Watches the beats of others and says who is dead: a silo whose beat did not change for a time during which the table answered
/// throughout. Any time without answers, ours or the table's fault, starts all counts again.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="options">The times.</param>
internal sealed class BeatWatch(TimeProvider time, MembershipOptions options)
{
    private const int PeriodsWithoutAnswer = 3;

    private readonly Dictionary<SiloKey, (long Counter, long Since)> _seen = [];
    private long _lastAnswer = long.MinValue;

    /// <summary>Looks at what the table answered.</summary>
    /// <param name="snapshot">The answer.</param>
    /// <param name="self">This silo, which is not watched.</param>
    /// <returns>The members that are dead.</returns>
    public List<ClusterMember> Look(MembershipSnapshot snapshot, SiloKey self)
    {
        var now = time.GetTimestamp();
        if (_lastAnswer == long.MinValue || time.GetElapsedTime(_lastAnswer, now) > options.BeatPeriod * PeriodsWithoutAnswer)
        {
            _seen.Clear();
        }

        _lastAnswer = now;
        var dead = new List<ClusterMember>();
        foreach (var member in snapshot.Document.Members.Where(member => member.Key != self))
        {
            var counter = snapshot.Beats.GetValueOrDefault(member.Key);
            if (!_seen.TryGetValue(member.Key, out var seen) || seen.Counter != counter)
            {
                _seen[member.Key] = (counter, now);
            }
            else if (time.GetElapsedTime(seen.Since, now) >= options.DeadAfter)
            {
                dead.Add(member);
            }
        }

        Forget(snapshot.Document);
        return dead;
    }

    /// <summary>The table did not answer: nothing seen so far counts.</summary>
    public void OnNoAnswer() => _lastAnswer = long.MinValue;

    private void Forget(MembershipDocument document)
    {
        foreach (var gone in _seen.Keys.Where(key => document.Find(key) is null).ToList())
        {
            _seen.Remove(gone);
        }
    }
}
