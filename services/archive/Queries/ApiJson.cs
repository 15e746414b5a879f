using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.Archive.Queries;

/// <summary>The bodies of the archive's internal API, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogPage))]
[JsonSerializable(typeof(LogHistogram))]
[JsonSerializable(typeof(LogLineAnswer))]
[JsonSerializable(typeof(TailEvent))]
internal sealed partial class ApiJson : JsonSerializerContext;
