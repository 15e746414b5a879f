using System.Text.Json.Nodes;

namespace Sigma.OperatorConsole.Audit;

/// <summary>Names of what nobody may read: in the settings, and in what is written down.</summary>
public static class SecretNames
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Masked = "••••••••";

    static readonly string[] Parts =
        ["token", "password", "secret", "connectionstring", "apikey", "routingkey", "signingkey", "credential", "authorization", "authstring"];

    /// <summary>Whether a setting or field of this name holds a secret.</summary>
    public static bool Names(string name) => string.Equals(name, "key", StringComparison.OrdinalIgnoreCase)
        || Parts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether any part of a setting's path names a secret: <c>Webhook:Headers:Authorization</c>.</summary>
    public static bool InPath(string path) =>
        path.Split(':').Any(part => Names(part) || part.EndsWith("Key", StringComparison.OrdinalIgnoreCase));

    /// <summary>Masks the texts of such names, however deep they are.</summary>
    public static void Mask(JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                    if (value is JsonValue text && text.GetValueKind() == System.Text.Json.JsonValueKind.String && Names(name))
                        map[name] = Masked;
                    else if (value is not null)
                        Mask(value);
                break;
            case JsonArray list:
                foreach (var value in list)
                    if (value is not null)
                        Mask(value);
                break;
        }
    }
}
