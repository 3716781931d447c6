using Molino.Clustering;

namespace Molino.Hosting;

/// <summary>The board of a store that one silo has: there is nobody else to read it.</summary>
internal sealed class SoloBoard : ISiloBoard
{
    public Task<SiloInstruction?> PostAsync(ReadOnlyMemory<byte> report, CancellationToken cancellationToken) => Task.FromResult<SiloInstruction?>(null);

    public Task<IReadOnlyList<SiloNotice>> ReadAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<SiloNotice>>([]);

    public Task<long?> InstructAsync(string silo, string text, CancellationToken cancellationToken) => Task.FromResult<long?>(null);

    public Task LeaveAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
