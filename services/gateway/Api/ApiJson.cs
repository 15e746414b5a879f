using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Hosting.Api;

namespace Sigma.Gateway.Api;

/// <summary>The bodies of the gateway's internal API, as JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IntegrationList))]
[JsonSerializable(typeof(IntegrationAnswer))]
[JsonSerializable(typeof(IntegrationToPut))]
[JsonSerializable(typeof(KeyOrder))]
[JsonSerializable(typeof(IntegrationChanged))]
[JsonSerializable(typeof(Page<IntegrationRevision>))]
[JsonSerializable(typeof(Page<DeliveryAnswer>))]
[JsonSerializable(typeof(BodyAnswer))]
[JsonSerializable(typeof(ReplayAnswer))]
internal sealed partial class ApiJson : JsonSerializerContext;
