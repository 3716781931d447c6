using System.Text.Json.Serialization;

namespace Molino.Jobs.BuiltIn;

/// <summary>Arguments of <c>noop</c>: anything, so that payloads of every size can be tried.</summary>
[JsonConverter(typeof(NoopArgsConverter))]
public sealed class NoopArgs
{
    /// <summary>The one instance.</summary>
    public static NoopArgs Instance { get; } = new();
}
