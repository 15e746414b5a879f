using System.Text.Json;
using System.Text.Json.Serialization;
using Sigma.Gateway.Webhooks;

namespace Sigma.Gateway.Metrics.Otlp;

/// <summary>Reads it from JSON, where 64-bit numbers are texts, and numbers too; what is not known is passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, MaxDepth = 64,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals)]
[JsonSerializable(typeof(OtlpRequest))]
internal sealed partial class OtlpMetricsJson : JsonSerializerContext
{
    /// <exception cref="MalformedBodyException">It is none.</exception>
    public static OtlpRequest Read(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, Default.OtlpRequest) ?? new OtlpRequest();
        }
        catch (JsonException e)
        {
            throw new MalformedBodyException(e.Path is { Length: > 2 } path ? path[2..] : $"line {e.LineNumber + 1}, byte {e.BytePositionInLine}",
                Reason(e));
        }
    }

    static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" Path: ", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
