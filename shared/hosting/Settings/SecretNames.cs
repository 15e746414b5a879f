using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Sigma.Hosting.Settings;

/// <summary>Names of what nobody may read: in the settings, and in what is written down.</summary>
public static partial class SecretNames
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Masked = "••••••••";

    static readonly string[] Parts =
    [
        "token", "password", "passphrase", "secret", "connectionstring", "apikey", "routingkey", "signingkey", "credential", "authorization",
        "authstring", "cookie",
    ];

    /// <summary>Whether a setting or field of this name holds a secret.</summary>
    public static bool Names(string name) => string.Equals(name, "key", StringComparison.OrdinalIgnoreCase)
        || Parts.Any(part => name.Contains(part, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether any part of a setting's path names a secret: <c>Segware:BearerToken</c>, and any of <c>Webhook:Headers</c>.</summary>
    public static bool InPath(string path) => path.Split(':').Any(part => Names(part)
        || part.EndsWith("Key", StringComparison.OrdinalIgnoreCase) || part.Equals("Headers", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text has a secret in it though its name says nothing: what somebody's plug-in calls <c>Database</c>.</summary>
    public static bool InText(string text) => Told().IsMatch(text);

    /// <summary>Masks the texts of such names, however deep they are.</summary>
    public static void Mask(JsonNode node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                    if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String && Names(name))
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

    [GeneratedRegex(@"\b(pass(word|wd|phrase)?|pwd|secret|token|api[_-]?key|sig)\s*[=:]\s*\S|^(Bearer|Basic)\s+\S|//[^/\s:@]*:[^/\s@]+@",
        RegexOptions.IgnoreCase)]
    private static partial Regex Told();
}
