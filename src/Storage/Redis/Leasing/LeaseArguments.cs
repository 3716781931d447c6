using System.Security.Cryptography;
using Molino.Core;
using Molino.Storage.Redis.Layout;
using Molino.Storage.Redis.Writing;

namespace Molino.Storage.Redis.Leasing;

/// <summary>Writes a lease request as the script reads it.</summary>
internal static class LeaseArguments
{
    /// <summary>Adds a request.</summary>
    public static void Add(BatchScript script, LeaseRequest request, StoreKeys keys, NameTable names)
    {
        var queue = request.Queue;
        var first = Declare(script, keys, queue);
        Span<byte> code = stackalloc byte[3];
        JobRecord.WriteCode(names, queue, code);
        Span<byte> place = stackalloc byte[6];
        JobRecord.WriteCode(names, request.Silo, place);
        JobRecord.WriteCode(names, request.Pool, place[3..]);
        script.Lease()
            .Add(first)
            .Add(script.Key(keys.Running(request.Silo)))
            .Add(queue)
            .Add(code)
            .Add(Math.Max(0, request.Max))
            .Add(request.Aging is { Ticks: > 0 } span ? span.Ticks : 0)
            .Add(request.Silo)
            .Add(place)
            .Add(RandomNumberGenerator.GetBytes(8 * Math.Max(0, request.Max)));
    }

    /// <summary>Declares a queue's keys, which have to follow each other. Two leases of a queue in a batch share them.</summary>
    private static int Declare(BatchScript script, StoreKeys keys, string queue)
    {
        var names = new string[3 + JobPriority.Highest + 1];
        (names[0], names[1], names[2]) = (keys.Late(queue), keys.Suspects(queue), keys.Due(queue));
        for (var priority = JobPriority.Highest; priority >= JobPriority.Lowest; priority--) names[3 + JobPriority.Highest - priority] = keys.Ready(queue, priority);
        return script.KeyBlock("lease of " + queue, names);
    }
}
