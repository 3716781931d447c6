using Microsoft.Extensions.Logging;

namespace Molino.Execution.Processes.Protocol;

/// <summary>An entry for the silo's log, from a logger inside the child.</summary>
/// <param name="Level">Its level.</param>
/// <param name="Category">Its category.</param>
/// <param name="Message">The formatted text, with the exception if there is one.</param>
internal sealed record DiagnosticHeader(LogLevel Level, string Category, string Message);
