using System.Text.Json.Serialization;
using Molino.Core;

namespace Molino.Client;

/// <summary>Metadata of the messages made at compile time, so that a first call needs no reflection: a short program such as the CLI starts faster.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(JobView))]
[JsonSerializable(typeof(JobListView))]
[JsonSerializable(typeof(JobSubmission))]
[JsonSerializable(typeof(List<JobSubmission>))]
[JsonSerializable(typeof(JobUpdate))]
[JsonSerializable(typeof(BatchIdsView))]
[JsonSerializable(typeof(List<BatchItemAnswer>))]
[JsonSerializable(typeof(SubmitAnswer))]
[JsonSerializable(typeof(EventView))]
[JsonSerializable(typeof(EventListView))]
[JsonSerializable(typeof(LogView))]
[JsonSerializable(typeof(List<QueueView>))]
[JsonSerializable(typeof(List<TypeView>))]
[JsonSerializable(typeof(List<PoolView>))]
[JsonSerializable(typeof(List<SiloView>))]
[JsonSerializable(typeof(SiloView))]
[JsonSerializable(typeof(StoreAcceptance))]
[JsonSerializable(typeof(StoreView))]
[JsonSerializable(typeof(List<UserView>))]
[JsonSerializable(typeof(UserSubmission))]
[JsonSerializable(typeof(UserCreated))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(JobError))]
[JsonSerializable(typeof(ProblemView))]
internal sealed partial class MolinoJsonContext : JsonSerializerContext;
