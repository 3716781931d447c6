namespace Molino.Execution.Processes;

/// <summary>Ends process trees and confirms it.</summary>
internal static class ProcessTreeEnding
{
    /// <summary>A fork that races with one look at the process table is seen by the next: so many empty looks in a row mean that nothing is left.</summary>
    private const int EmptyLooks = 2;

    private static readonly TimeSpan MaxLookInterval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(5);

    /// <summary>Asks a tree to end, then kills what is left. Returns when none of it runs.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="root">Its root when that is to be stopped first and killed last; null when it is a member like any other.</param>
    /// <param name="grace">How long it may take after TERM.</param>
    /// <param name="settled">Completes when there is no reason to wait longer, though members be left; null to wait for the members only.</param>
    /// <param name="time">The clock.</param>
    internal static async Task EndAsync(ProcessTree tree, ProcessIdentity? root, TimeSpan grace, Task? settled, TimeProvider time)
    {
        var began = time.GetTimestamp();
        var left = tree.Signal(Native.SignalTerminate, withRoot: root is null);
        while ((left > 0 || settled is { IsCompleted: false }) && time.GetElapsedTime(began) < grace)
        {
            await Task.Delay(LookInterval, time).ConfigureAwait(false);
            left = tree.Members(withRoot: root is null).Count;
        }

        await KillAsync(tree, root, time, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Kills a tree. Returns when none of it runs.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="root">See <see cref="EndAsync"/>. A stopped root forks no more, yet goes on adopting orphans, which keeps them findable.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Stops the attempt.</param>
    /// <returns>How many signals it took.</returns>
    internal static async Task<int> KillAsync(ProcessTree tree, ProcessIdentity? root, TimeProvider time, CancellationToken cancellationToken)
    {
        var signals = 0;
        if (root is { IsRunning: true } stopped)
        {
            _ = Native.Kill(stopped.Pid, Native.SignalStop);
            signals += await KillMembersAsync(tree, withRoot: false, time, cancellationToken).ConfigureAwait(false);
        }

        return signals + await KillMembersAsync(tree, withRoot: true, time, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Kills all that descends from the calling process, without giving its thread away. Used when the thread pool may be taken.</summary>
    /// <param name="tree">The caller's own tree.</param>
    /// <param name="patience">When to give up on what cannot be killed (it changed its user).</param>
    internal static void KillNow(ProcessTree tree, TimeSpan patience)
    {
        using var never = new ManualResetEventSlim();
        var began = Environment.TickCount64;
        var wait = 1;
        for (var empty = 0; empty < EmptyLooks && Environment.TickCount64 - began < patience.TotalMilliseconds;)
        {
            empty = tree.Signal(Native.SignalKill, withRoot: false) > 0 ? 0 : empty + 1;
            if (empty > 0) continue;
            never.Wait(wait, CancellationToken.None);
            wait = Math.Min(wait * 2, 50);
        }
    }

    private static async Task<int> KillMembersAsync(ProcessTree tree, bool withRoot, TimeProvider time, CancellationToken cancellationToken)
    {
        var signals = 0;
        var wait = LookInterval;
        for (var empty = 0; empty < EmptyLooks;)
        {
            var left = tree.Signal(Native.SignalKill, withRoot);
            signals += left;
            empty = left > 0 ? 0 : empty + 1;
            if (left == 0) continue;
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            wait = wait < MaxLookInterval ? wait * 1.5 : MaxLookInterval;
        }

        return signals;
    }
}
