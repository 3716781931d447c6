using System.Reflection;
using Molino.Core;

namespace Molino.Client;

/// <summary>The job type that an arguments type names with <see cref="JobTypeAttribute"/>; looked up once per type.</summary>
/// <typeparam name="TArgs">The arguments type.</typeparam>
internal static class JobTypeName<TArgs>
{
    private static readonly string? Name = typeof(TArgs).GetCustomAttribute<JobTypeAttribute>()?.Name;

    public static string Get() => Name ?? throw new JobValidationException(
        ErrorCodes.InvalidJob, "type", $"{typeof(TArgs).Name} names no job type: put [JobType(\"...\")] on it, or pass the type's name.");
}
