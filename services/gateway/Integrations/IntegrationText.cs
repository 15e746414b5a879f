using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sigma.Gateway.Integrations;

/// <summary>An integration as people write it into a file: JSON with the names of the settings, without a key.</summary>
public static class IntegrationText
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
    };

    /// <exception cref="IntegrationRefusedException">It cannot be read.</exception>
    public static IntegrationOptions Read(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<IntegrationOptions>(text, Json)
                ?? throw new IntegrationRefusedException(EditRefusal.Invalid, "it is empty");
        }
        catch (JsonException e)
        {
            throw new IntegrationRefusedException(EditRefusal.Invalid, $"it cannot be read: {e.Message}");
        }
    }

    /// <summary>As it is written.</summary>
    public static string Write(IntegrationOptions integration) => JsonSerializer.Serialize(integration, Json);
}
