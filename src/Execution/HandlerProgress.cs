using System.Text.Json;
using Molino.Core;

namespace Molino.Execution;

/// <summary>Makes progress of what a handler reports: the one rule for handlers in the silo and in child runners.</summary>
internal static class HandlerProgress
{
    /// <summary>Takes a report.</summary>
    /// <param name="fraction">Clamped to 0 to 1; what is no number counts as unknown.</param>
    /// <param name="message">Cut at <see cref="JobProgress.MaxMessageLength"/>.</param>
    /// <param name="data">Anything JSON can hold; null for nothing.</param>
    /// <exception cref="ArgumentException"><paramref name="data"/> is larger than <see cref="JobProgress.MaxDataBytes"/>.</exception>
    internal static JobProgress Of(double? fraction, string? message, object? data)
    {
        var json = data is null ? default : (ReadOnlyMemory<byte>)JsonSerializer.SerializeToUtf8Bytes(data, JobJson.Options);
        if (json.Length > JobProgress.MaxDataBytes) throw new ArgumentException($"Progress data is limited to {JobProgress.MaxDataBytes / 1024} KiB.", nameof(data));
        return new JobProgress(
            fraction is { } given && double.IsFinite(given) ? Math.Clamp(given, 0, 1) : null,
            message is null ? null : TextLimit.Cut(message, JobProgress.MaxMessageLength),
            json);
    }
}
