namespace Molino.Execution.Processes.Protocol;

/// <summary>The end of an attempt.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="ErrorType">See <see cref="Core.JobError"/>; failures only.</param>
/// <param name="Message">See <see cref="Core.JobError"/>; failures only.</param>
/// <param name="Detail">See <see cref="Core.JobError"/>; failures only.</param>
/// <param name="Permanent">Whether another attempt cannot help.</param>
/// <param name="Delay">Ticks to wait; snoozes only.</param>
internal sealed record EndHeader(
    EndKind Kind, string? ErrorType = null, string? Message = null, string? Detail = null, bool Permanent = false, long Delay = 0);
