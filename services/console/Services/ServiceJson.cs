using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.OperatorConsole.Services;

/// <summary>How services are spoken to: strictly, and what they answer is read tolerantly, for they may be newer.</summary>
internal static class ServiceJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}
