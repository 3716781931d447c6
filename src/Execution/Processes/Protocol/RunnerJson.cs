using System.Text.Json.Serialization;

namespace Molino.Execution.Processes.Protocol;

/// <summary>Source-generated JSON of the protocol's headers and the record files: a child starts faster without reflection.</summary>
[JsonSerializable(typeof(HelloHeader))]
[JsonSerializable(typeof(StartHeader))]
[JsonSerializable(typeof(StopHeader))]
[JsonSerializable(typeof(ProgressHeader))]
[JsonSerializable(typeof(CallHeader))]
[JsonSerializable(typeof(AnswerHeader))]
[JsonSerializable(typeof(EndHeader))]
[JsonSerializable(typeof(DiagnosticHeader))]
[JsonSerializable(typeof(RunnerRecord))]
internal sealed partial class RunnerJson : JsonSerializerContext;
