using System.Globalization;

namespace Orleans;

/// <summary>How long callers of this method wait for the answer, in place of the default of 30 seconds.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponseTimeoutAttribute : Attribute
{
    /// <summary>Initializes a new instance of the <see cref="ResponseTimeoutAttribute"/> class.</summary>
    /// <param name="timeout">The time, as <see cref="TimeSpan.Parse(string)"/> reads it: <c>00:00:05</c> is five seconds.</param>
    public ResponseTimeoutAttribute(string timeout) => Timeout = TimeSpan.Parse(timeout, CultureInfo.InvariantCulture);

    /// <summary>Gets the time.</summary>
    public TimeSpan? Timeout { get; init; }
}
