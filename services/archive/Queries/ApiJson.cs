using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Api;

namespace Sigma.Archive.Queries;

/// <summary>The bodies of the archive's internal API, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(LogHistogram))]
[JsonSerializable(typeof(LogLineAnswer))]
[JsonSerializable(typeof(TailEvent))]
[JsonSerializable(typeof(Page<SeriesAnswer>))]
[JsonSerializable(typeof(SamplesAnswer))]
[JsonSerializable(typeof(Page<AgentAnswer>))]
[JsonSerializable(typeof(ArchiveState))]
internal sealed partial class ApiJson : JsonSerializerContext;
